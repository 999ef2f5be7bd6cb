using AugmentedOS.Engine.Executions.Facts;
using AugmentedOS.Engine.Executions.StandaloneActivities;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.History.V1;

namespace AugmentedOS.Engine.Executions.Folding;

/// <summary>The fold of what only activities without a workflow have. Their attempts are folded as all are.</summary>
internal static class FoldStandaloneActivity
{
    public static RunState Apply(RunState state, StandaloneActivityFact fact) => fact switch
    {
        StandaloneActivityBegan began => state with
        {
            Activity = new StandaloneActivity
            {
                StartDelay = began.StartDelay,
                OriginalStartDelay = began.StartDelay,
                SerializationContext = began.SerializationContext,
                IsEager = began.IsEager,
            },
        },
        StandaloneActivityAsked asked => Asked(state, asked),
        StandaloneActivityTaken taken => With(state, state.Activity! with { Worker = taken.Worker }),
        StandaloneResetDeferred deferred => Deferred(state, deferred),
        StartDelayChanged changed => Delayed(state, changed),
        _ => throw new InvalidOperationException($"A fact of type {fact.GetType().Name} has no fold."),
    };

    /// <summary>The first attempt waits for its delay as later ones wait for their backoff.</summary>
    public static PendingActivity Scheduled(RunState state, PendingActivity activity, HistoryEvent happened)
    {
        var delay = state.Activity!.StartDelay;
        return delay <= TimeSpan.Zero ? activity : activity with
        {
            StartDelay = delay,
            ScheduledAt = Instant.From(happened.EventTime) + delay,
            WaitsForRetry = true,
        };
    }

    /// <summary>A request pointed at something.</summary>
    public static RunState Linked(RunState state, HistoryEvent happened) => state.Activity is not { } standalone
        ? state
        : With(state, standalone with { Links = standalone.Links.AddRange(happened.Links) });

    /// <summary>What an attempt's start, a sign of life, a retry or a pause means beyond the activity itself.</summary>
    public static RunState After(RunState state, Fact fact) => state.Activity is not { } standalone
        ? state
        : With(state, fact switch
        {
            ActivityAttemptStarted started => standalone with
            {
                FirstStartedAt = standalone.FirstStartedAt ?? started.At,
                LastStartedAt = started.At,
            },
            ActivityHeartbeatRecorded => standalone with { Heartbeats = standalone.Heartbeats + 1 },
            ActivityRetryScheduled => standalone with { RestoresOptions = false },
            ActivityPaused paused => standalone with { PauseRequestId = paused.RequestId },
            _ => standalone,
        });

    /// <summary>Lists show a paused activity as such, one whose attempt still runs does not count.</summary>
    public static RunState Shown(RunState state)
    {
        var status = ActivityRun.Of(state) is { IsStarted: false, Pause: not null }
            ? WorkflowExecutionStatus.Paused
            : WorkflowExecutionStatus.Running;
        return status == state.Status ? state : state with { Status = status };
    }

    /// <summary>A retry that waits does so by the new policy, unless its worker had said how long.</summary>
    public static PendingActivity OptionsChanged(
        PendingActivity before, PendingActivity after, ActivityOptionsChanged changed)
    {
        if (after.IsStarted)
        {
            return after;
        }

        if (!after.WaitsForRetry)
        {
            return after with { ScheduledAt = changed.At };
        }

        var isOfPolicy = before.LastFailure?.ApplicationFailureInfo?.NextRetryDelay.OrZero() is not { Ticks: > 0 };
        var (was, policy) = (before.Attributes.RetryPolicy, changed.Attributes.RetryPolicy);
        return isOfPolicy && after is { Attempt: > 1, LastAttemptCompletedAt: { } failedAt } && !was.Equals(policy)
            ? FoldActivityControl.Waiting(after, changed.At, failedAt + RetryPolicies.Interval(policy, after.Attempt - 1))
            : after;
    }

    /// <summary>The activity ended by itself, or by what its worker said.</summary>
    public static RunState Ended(RunState state, HistoryEvent happened)
    {
        if (state.Activity is not { } standalone)
        {
            return state;
        }

        var final = ActivityRun.Of(state);
        return With(state, happened.EventType switch
        {
            EventType.ActivityTaskCompleted => Completed(standalone, final, happened),
            EventType.ActivityTaskFailed => Failed(standalone, final, happened),
            EventType.ActivityTaskTimedOut => TimedOut(standalone, final, happened),
            _ => standalone with
            {
                Final = final,
                Failure = ActivityEnds.Canceled(
                    happened.ActivityTaskCanceledEventAttributes.Details, standalone.CancelRequest),
            },
        });
    }

    /// <summary>The run was closed: what it held is kept as it was, if the activity did not end before.</summary>
    public static StandaloneActivity? Closed(RunState state) => state.Activity is { Final: null } standalone
        ? standalone with { Final = ActivityRun.Of(state) }
        : state.Activity;

    private static StandaloneActivity Completed(
        StandaloneActivity standalone, PendingActivity final, HistoryEvent happened)
    {
        var (at, completed) = (Instant.From(happened.EventTime), happened.ActivityTaskCompletedEventAttributes);
        return standalone with
        {
            // Whoever completes an activity that no worker has counts as its worker.
            FirstStartedAt = standalone.FirstStartedAt ?? at,
            LastStartedAt = final.IsStarted ? standalone.LastStartedAt : at,
            Final = final with { LastAttemptCompletedAt = at, LastWorkerIdentity = completed.Identity },
            Result = completed.Result ?? new(),
        };
    }

    private static StandaloneActivity Failed(
        StandaloneActivity standalone, PendingActivity final, HistoryEvent happened)
    {
        var failed = happened.ActivityTaskFailedEventAttributes;
        var failure = failed.Failure ?? ActivityEnds.Unsaid();
        return standalone with
        {
            Final = final with
            {
                LastAttemptCompletedAt = Instant.From(happened.EventTime),
                LastWorkerIdentity = failed.Identity,
                LastFailure = failure,
            },
            Failure = failure,
            RetryState = failed.RetryState,
        };
    }

    private static StandaloneActivity TimedOut(
        StandaloneActivity standalone, PendingActivity final, HistoryEvent happened)
    {
        var timedOut = happened.ActivityTaskTimedOutEventAttributes;
        var isAttempt = timedOut.Failure.TimeoutFailureInfo.TimeoutType is TimeoutType.StartToClose or TimeoutType.Heartbeat;
        return standalone with
        {
            Final = isAttempt
                ? final with
                {
                    LastAttemptCompletedAt = Instant.From(happened.EventTime),
                    LastFailure = timedOut.Failure,
                }
                : final,
            Failure = timedOut.Failure,
            RetryState = timedOut.RetryState,
        };
    }

    private static RunState Asked(RunState state, StandaloneActivityAsked asked)
    {
        var standalone = state.Activity!;
        var request = new ActivityRequest(asked.RequestId, asked.Identity, asked.Reason, asked.At);
        return asked.Kind switch
        {
            ActivityRequestKind.Cancel => WithoutReset(With(state, standalone with { CancelRequest = request })),
            ActivityRequestKind.Terminate => With(state, standalone with
            {
                TerminateRequest = request,
                Failure = ActivityEnds.Terminated(request),
            }),
            ActivityRequestKind.Unpause => With(state, standalone with { UnpauseRequestId = asked.RequestId }),
            ActivityRequestKind.Reset => With(state, standalone with { ResetRequestId = asked.RequestId }),
            ActivityRequestKind.Update => With(state, standalone with { UpdateRequestId = asked.RequestId }),
            _ => throw new InvalidOperationException($"{state.Key} was asked for {asked.Kind}, which has no fold."),
        };
    }

    /// <summary>An activity that is to stop does not begin again.</summary>
    private static RunState WithoutReset(RunState state)
    {
        var activity = ActivityRun.Of(state);
        return FoldActivities.Replace(
            With(state, state.Activity! with { RestoresOptions = false }),
            activity,
            activity with { IsReset = false, ForgetsHeartbeat = false });
    }

    private static RunState Deferred(RunState state, StandaloneResetDeferred deferred)
    {
        var activity = ActivityRun.Of(state);
        return FoldActivities.Replace(
            With(state, state.Activity! with { RestoresOptions = deferred.RestoresOptions }),
            activity,
            activity with
            {
                IsReset = true,
                ForgetsHeartbeat = deferred.ResetsHeartbeat,
                Pause = deferred.KeepsPaused ? activity.Pause : null,
            });
    }

    private static RunState Delayed(RunState state, StartDelayChanged changed)
    {
        var standalone = state.Activity!;
        var activity = ActivityRun.Of(state);
        var after = activity with { StartDelay = changed.Delay };
        if (standalone.FirstStartedAt is null)
        {
            after = FoldActivityControl.Waiting(
                after, changed.At, Instant.Later(changed.At, activity.FirstScheduledAt + changed.Delay));
        }

        return FoldActivities.Replace(
            With(state, standalone with { StartDelay = changed.Delay }), activity, after);
    }

    private static RunState With(RunState state, StandaloneActivity standalone) => state with { Activity = standalone };
}
