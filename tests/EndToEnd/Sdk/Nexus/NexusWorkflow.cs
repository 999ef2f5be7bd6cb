using Temporalio.Exceptions;
using Temporalio.Workflows;

namespace AugmentedOS.EndToEnd.Sdk.Nexus;

/// <summary>Works for an operation until it is told how to end.</summary>
[Workflow]
public sealed class NexusWorkflow
{
    private Func<string>? _end;

    [WorkflowRun]
    public async Task<string> RunAsync(bool isDeaf)
    {
        var ear = isDeaf ? CancellationToken.None : Workflow.CancellationToken;
        await Workflow.WaitConditionAsync(() => _end is not null && Workflow.AllHandlersFinished, ear);
        return _end!();
    }

    [WorkflowSignal]
    public Task FinishAsync(string result) => EndAsync(() => result);

    [WorkflowSignal]
    public Task FailAsync(string why) => EndAsync(() => throw new ApplicationFailureException(why, nonRetryable: true));

    [WorkflowSignal]
    public Task ContinueAsync() => EndAsync(
        () => throw Workflow.CreateContinueAsNewException((NexusWorkflow workflow) => workflow.RunAsync(false)));

    /// <summary>How it ends, when it does.</summary>
    [WorkflowUpdate]
    public async Task<string> WaitForEndAsync()
    {
        await Workflow.WaitConditionAsync(() => _end is not null);
        return _end!();
    }

    private Task EndAsync(Func<string> end)
    {
        _end = end;
        return Task.CompletedTask;
    }
}
