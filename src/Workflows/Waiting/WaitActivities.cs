using System.Text.Json;
using Temporalio.Activities;
using Temporalio.Api.Enums.V1;
using Temporalio.Client;
using Temporalio.Exceptions;

namespace AugmentedOS.Workflows.Waiting;

/// <summary>What waiting needs a client for. Registered by <see cref="WaitWorker.AddWaiting"/>.</summary>
public static class WaitActivities
{
    internal const string StillOpenType = "aos.StillOpen";
    internal static readonly TimeSpan Beat = TimeSpan.FromSeconds(5);

    /// <summary>Waits for a while; fails to be tried again when the workflow is open then.</summary>
    [Activity("aos.wait")]
    public static async Task<WorkflowEnd> WaitAsync(WaitRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        var context = ActivityExecutionContext.Current;
        var handle = context.TemporalClient.GetWorkflowHandle(request.WorkflowId, request.RunId);
        try
        {
            if (request.LongPoll == TimeSpan.Zero && await IsOpenAsync(handle).ConfigureAwait(false))
            {
                throw StillOpen(request);
            }

            // An end that is there is read without waiting, also after the last beat.
            return await HoldAsync(context, handle, request).ConfigureAwait(false);
        }
        catch (WorkflowFailedException failed)
        {
            return EndOf(failed.InnerException);
        }
        catch (RpcException unknown) when (unknown.Code == RpcException.StatusCode.NotFound)
        {
            return new(WorkflowEndKind.NotFound);
        }
    }

    private static async Task<bool> IsOpenAsync(WorkflowHandle handle)
    {
        var found = await handle.DescribeAsync().ConfigureAwait(false);
        if (found.Status == WorkflowExecutionStatus.ContinuedAsNew)
        {
            found = await (handle with { RunId = null }).DescribeAsync().ConfigureAwait(false);
        }

        return found.Status is WorkflowExecutionStatus.Running or WorkflowExecutionStatus.Paused;
    }

    private static async Task<WorkflowEnd> HoldAsync(
        ActivityExecutionContext context, WorkflowHandle handle, WaitRequest request)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(context.CancellationToken);
        var ending = handle.GetResultAsync<JsonElement?>(rpcOptions: new() { CancellationToken = stop.Token });
        var until = request.LongPoll == TimeSpan.Zero ? TimeSpan.FromMinutes(1) : request.LongPoll;
        for (var held = TimeSpan.Zero; held < until && !ending.IsCompleted; held += Beat)
        {
            context.Heartbeat();
            await Task.WhenAny(ending, Task.Delay(Beat, context.CancellationToken)).ConfigureAwait(false);
            context.CancellationToken.ThrowIfCancellationRequested();
        }

        if (ending.IsCompleted)
        {
            return new(WorkflowEndKind.Completed, await ending.ConfigureAwait(false));
        }

        await stop.CancelAsync().ConfigureAwait(false);
        throw StillOpen(request);
    }

    private static ApplicationFailureException StillOpen(WaitRequest request) => new(
        $"Workflow {request.WorkflowId} is open.",
        errorType: StillOpenType,
        nextRetryDelay: request.Pause,
        category: ApplicationErrorCategory.Benign);

    private static WorkflowEnd EndOf(Exception? failure) => failure switch
    {
        CanceledFailureException => new(WorkflowEndKind.Canceled),
        TerminatedFailureException => new(WorkflowEndKind.Terminated, null, failure.Message),
        TimeoutFailureException => new(WorkflowEndKind.TimedOut),
        _ => new(WorkflowEndKind.Failed, null, failure?.Message),
    };
}
