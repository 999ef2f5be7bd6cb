using Temporalio.Exceptions;
using Temporalio.Workflows;

namespace AugmentedOS.EndToEnd.Sdk;

/// <summary>Waits until a signal tells it how to end; remembers what it was told.</summary>
[Workflow]
public sealed class WaitingWorkflow
{
    private readonly List<string> _told = [];
    private string? _result;
    private string? _failure;

    [WorkflowRun]
    public async Task<string> RunAsync()
    {
        await Workflow.WaitConditionAsync(() => _result is not null || _failure is not null);
        return _failure is null ? _result! : throw new ApplicationFailureException(_failure, nonRetryable: true);
    }

    [WorkflowSignal]
    public Task TellAsync(string what)
    {
        _told.Add(what);
        return Task.CompletedTask;
    }

    [WorkflowSignal]
    public Task FinishAsync(string result)
    {
        _result = result;
        return Task.CompletedTask;
    }

    [WorkflowSignal]
    public Task FailAsync(string message)
    {
        _failure = message;
        return Task.CompletedTask;
    }

    [WorkflowQuery]
    public IReadOnlyList<string> Told() => _told;

    [WorkflowQuery]
    public string Refuse(string reason) => throw new InvalidOperationException(reason);
}
