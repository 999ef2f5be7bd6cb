using Temporalio.Workflows;

namespace AugmentedOS.EndToEnd.Sdk.Nexus;

/// <summary>Calls an operation and returns what comes of it. A signal cancels the operation.</summary>
[Workflow]
public sealed class NexusCaller
{
    private Action? _cancel;
    private bool _mayEnd;

    [WorkflowRun]
    public async Task<string> RunAsync(Call call)
    {
        using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(Workflow.CancellationToken);
        _cancel = cancellation.Cancel;
        var operation = await Workflow.CreateNexusWorkflowClient("NexusWork", call.Endpoint)
            .StartNexusOperationAsync<string>(call.Operation, call.Input, new()
            {
                ScheduleToCloseTimeout = call.Longest,
                ScheduleToStartTimeout = call.LongestWait,
                StartToCloseTimeout = call.LongestRun,
                CancellationType = call.Cancellation,
                CancellationToken = cancellation.Token,
                Summary = call.Summary,
            });
        try
        {
            return await operation.GetResultAsync();
        }
        finally
        {
            await Workflow.WaitConditionAsync(() => _mayEnd || !call.Lingers, CancellationToken.None);
        }
    }

    [WorkflowSignal]
    public Task EndAsync()
    {
        _mayEnd = true;
        return Task.CompletedTask;
    }

    [WorkflowSignal]
    public Task CancelOperationAsync()
    {
        _cancel!();
        return Task.CompletedTask;
    }

    /// <summary>What to call, and how long it may take.</summary>
    public sealed record Call(string Endpoint, string Operation, string Input)
    {
        public TimeSpan? Longest { get; init; }

        public TimeSpan? LongestWait { get; init; }

        public TimeSpan? LongestRun { get; init; }

        public NexusOperationCancellationType Cancellation { get; init; }

        /// <summary>Whether the caller stays, when the operation has ended for it, until it is told.</summary>
        public bool Lingers { get; init; }

        public string? Summary { get; init; }
    }
}
