using Temporalio.Activities;
using Temporalio.Api.Enums.V1;
using Temporalio.Client;
using Temporalio.Exceptions;

namespace AugmentedOS.Workflows.Locks;

/// <summary>What locks need a client for. Registered by <see cref="LockWorker.AddLocks"/>.</summary>
public static class LockActivities
{
    /// <summary>Puts a request into the queue of its resource, and starts the lock's workflow when there is
    /// none.</summary>
    [Activity("aos.lock.request")]
    public static Task RequestAsync(LockRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        var context = ActivityExecutionContext.Current;
        var start = new WorkflowOptions(LockWorkflow.IdOf(request.Resource), context.Info.TaskQueue)
        {
            IdConflictPolicy = WorkflowIdConflictPolicy.UseExisting,
        };
        start.SignalWithStart((LockWorkflow workflow) => workflow.RequestAsync(request));
        var state = LockState.Empty(request.Capacity);
        return context.TemporalClient.StartWorkflowAsync((LockWorkflow workflow) => workflow.RunAsync(state), start);
    }

    /// <summary>Which of these holders' workflows are open: the last run of the chain that asked.</summary>
    /// <returns>The request ids of those that are.</returns>
    [Activity("aos.lock.open")]
    public static async Task<IReadOnlyList<string>> FindOpenAsync(IReadOnlyList<LockRequest> requests)
    {
        ArgumentNullException.ThrowIfNull(requests);
        var open = new List<string>();
        foreach (var request in requests)
        {
            if (await IsOpenAsync(ActivityExecutionContext.Current.TemporalClient, request).ConfigureAwait(false))
            {
                open.Add(request.RequestId);
            }
        }

        return open;
    }

    private static async Task<bool> IsOpenAsync(ITemporalClient client, LockRequest request)
    {
        try
        {
            // The raw call: the handle's description does not say to which chain a run belongs.
            var found = await client.Connection.WorkflowService.DescribeWorkflowExecutionAsync(
                new() { Namespace = client.Options.Namespace, Execution = new() { WorkflowId = request.WorkflowId } })
                .ConfigureAwait(false);
            return found.WorkflowExecutionInfo.Status == WorkflowExecutionStatus.Running
                && found.WorkflowExecutionInfo.FirstRunId == request.FirstRunId;
        }
        catch (RpcException unknown) when (unknown.Code == RpcException.StatusCode.NotFound)
        {
            return false;
        }
    }
}
