using Temporalio.Exceptions;
using Temporalio.Workflows;

namespace AugmentedOS.EndToEnd.Sdk;

/// <summary>A workflow that is told what to do by updates.</summary>
[Workflow]
public sealed class LedgerWorkflow
{
    private readonly List<int> _booked = [];
    private bool _isReleased;
    private bool _isDone;
    private bool _continues;

    [WorkflowRun]
    public async Task<int> RunAsync(int carried)
    {
        await Workflow.WaitConditionAsync(() => _isDone || _continues);
        return _continues
            ? throw Workflow.CreateContinueAsNewException((LedgerWorkflow ledger) => ledger.RunAsync(carried + _booked.Sum()))
            : carried + _booked.Sum();
    }

    [WorkflowQuery]
    public IReadOnlyList<int> Booked() => _booked;

    [WorkflowSignal]
    public Task ReleaseAsync()
    {
        _isReleased = true;
        return Task.CompletedTask;
    }

    [WorkflowSignal]
    public Task FinishAsync()
    {
        _isDone = true;
        return Task.CompletedTask;
    }

    [WorkflowUpdate]
    public Task<int> BookAsync(int amount)
    {
        _booked.Add(amount);
        return Task.FromResult(_booked.Sum());
    }

    [WorkflowUpdateValidator(nameof(BookAsync))]
    public void ValidateBook(int amount)
    {
        if (amount < 0)
        {
            throw new ApplicationFailureException("an amount is not negative", "BadAmount");
        }
    }

    [WorkflowUpdate]
    public async Task<int> BookWhenReleasedAsync(int amount)
    {
        await Workflow.WaitConditionAsync(() => _isReleased);
        _booked.Add(amount);
        return _booked.Sum();
    }

    [WorkflowUpdate]
    public async Task<int> BookAfterAsync(TimeSpan delay, int amount)
    {
        await Workflow.DelayAsync(delay);
        return await BookAsync(amount);
    }

    [WorkflowUpdate]
    public Task<int> FailAsync() => throw new ApplicationFailureException("the ledger is closed", "Closed");

    [WorkflowUpdate]
    public Task ContinueAsync()
    {
        _continues = true;
        return Task.CompletedTask;
    }

    [WorkflowUpdate]
    public Task<int> BookLastAsync(int amount)
    {
        _isDone = true;
        return BookAsync(amount);
    }
}
