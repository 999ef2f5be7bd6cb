using AugmentedOS.Testing.Time;
using Temporalio.Activities;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.WorkflowService.V1;
using Temporalio.Client;
using Temporalio.Exceptions;

namespace AugmentedOS.Testing.Activities;

/// <summary>One attempt of an activity that lets the engine's time pass while it runs.</summary>
/// <remarks>An attempt in a worker's hands holds time, as real work should. One that sleeps on purpose lends its hold
/// to the engine, in short steps: when it was given up meanwhile, time must not go on on its behalf.</remarks>
internal sealed class Attempt(ActivityExecutionContext context, EngineTime time, ITemporalClient client)
{
    private const int Steps = 32;
    private static readonly RpcOptions Patiently = new() { Retry = true };
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(1);

    private readonly ActivityInfo _info = context.Info;

    /// <summary>Lets this much time pass, or less when the attempt is given up before.</summary>
    /// <exception cref="OperationCanceledException">The attempt was cancelled, or the worker stops.</exception>
    public async Task PassAsync(TimeSpan duration)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(
            context.CancellationToken, context.WorkerShutdownToken);
        if (_info.IsLocal)
        {
            // Its time is the worker's, which is the machine's.
            await Task.Delay(duration, ended.Token).ConfigureAwait(false);
            return;
        }

        var step = Max(duration / Steps, Shortest);
        for (var left = duration; left > TimeSpan.Zero; left -= step)
        {
            await time.DelayAsync(step < left ? step : left, ended.Token).ConfigureAwait(false);
            if (!await IsPendingAsync().ConfigureAwait(false))
            {
                return;
            }
        }
    }

    /// <summary>Does nothing until one of the attempt's timeouts is over.</summary>
    public async Task HangUntilTimedOutAsync()
    {
        await PassAsync(UntilTimedOut() + Shortest).ConfigureAwait(false);
        throw new ApplicationFailureException(
            $"Activity '{_info.ActivityType}' hung until its timeout, as the test wants.");
    }

    /// <summary>Heartbeats and does nothing else until the attempt is cancelled, or timed out.</summary>
    public async Task HangUntilCancelledAsync()
    {
        var step = Max(_info.HeartbeatTimeout / 2 ?? UntilTimedOut() / Steps, Shortest);
        while (!_info.IsLocal)
        {
            await time.DelayAsync(step, context.WorkerShutdownToken).ConfigureAwait(false);
            if (await HeartbeatAsync().ConfigureAwait(false) is not { } answer)
            {
                throw new ApplicationFailureException(
                    $"Activity '{_info.ActivityType}' hung until its timeout: it was not cancelled before.");
            }

            if (answer.CancelRequested)
            {
                // The SDK has to hear of it by itself before it takes an activity's end for a cancellation.
                context.Heartbeat();
                break;
            }
        }

        using var ended = CancellationTokenSource.CreateLinkedTokenSource(
            context.CancellationToken, context.WorkerShutdownToken);
        await Task.Delay(Timeout.InfiniteTimeSpan, ended.Token).ConfigureAwait(false);
    }

    private static TimeSpan Max(TimeSpan left, TimeSpan right) => left > right ? left : right;

    private TimeSpan UntilTimedOut()
    {
        TimeSpan?[] timeouts =
        [
            _info.StartToCloseTimeout,
            _info.HeartbeatTimeout,
            _info.ScheduleToCloseTimeout - (_info.StartedTime - _info.ScheduledTime),
        ];
        return timeouts.Min() ?? throw new WorkflowTestException(
            $"Activity '{_info.ActivityType}' has no timeout: a fake cannot hang until it is over.");
    }

    /// <summary>Null when there is no such attempt any more.</summary>
    private async Task<RecordActivityTaskHeartbeatResponse?> HeartbeatAsync()
    {
        try
        {
            return await client.WorkflowService.RecordActivityTaskHeartbeatAsync(new RecordActivityTaskHeartbeatRequest
            {
                Namespace = _info.Namespace,
                TaskToken = Google.Protobuf.ByteString.CopyFrom(_info.TaskToken),
            }, Patiently).ConfigureAwait(false);
        }
        catch (RpcException gone) when (gone.Code == RpcException.StatusCode.NotFound)
        {
            return null;
        }
    }

    private async Task<bool> IsPendingAsync()
    {
        if (_info.WorkflowId is null)
        {
            return true;   // without a workflow, nobody but itself ends it before its timeouts
        }

        var described = await client.WorkflowService.DescribeWorkflowExecutionAsync(new DescribeWorkflowExecutionRequest
        {
            Namespace = _info.Namespace,
            Execution = new() { WorkflowId = _info.WorkflowId, RunId = _info.WorkflowRunId },
        }, Patiently).ConfigureAwait(false);
        return described.PendingActivities.Any(pending =>
            pending.ActivityId == _info.ActivityId
            && pending.Attempt == _info.Attempt
            && pending.State is PendingActivityState.Started or PendingActivityState.CancelRequested);
    }
}
