using Temporalio.Api.Enums.V1;
using Temporalio.Api.History.V1;

namespace AugmentedOS.Engine.Executions.TimeSkipping;

/// <summary>Lets a run whose configuration says so jump to what time will do to it next, at the end of the transition that
/// left it with nothing else to wait for.</summary>
internal static class TimeSkips
{
    /// <summary>The decision, and the jumps that follow from it in the same transition.</summary>
    public static Decision After(Decision decision, DecisionContext context)
    {
        // A task that is held back follows on the change as it is, and is work like any other.
        if (decision is { Change.After: { } changed, Held: null } && Skip(changed, context) is { } skip)
        {
            decision = decision.Continue(skip);
        }

        return decision.NewRun?.After is { } born && Skip(born, context) is { } first
            ? decision.ContinueNewRun(first)
            : decision;
    }

    /// <summary>The end of a fast-forward that the machine's time reached while the run had work.</summary>
    public static void EndFastForward(Draft draft) => Record(draft, target: null, endsFastForward: true);

    private static Draft? Skip(RunState state, DecisionContext context)
    {
        if (state.Time is not { IsEnabled: true } time || !IsIdle(state))
        {
            return null;
        }

        var draft = new Draft(state, context.WithAhead(time.Ahead));
        var target = NextTarget(state, draft.Now);
        var endsFastForward = time.PendingFastForward is { } end && (target is null || end <= target);
        if (endsFastForward)
        {
            target = time.PendingFastForward > draft.Now ? time.PendingFastForward : null;
        }

        if (target is null && !endsFastForward)
        {
            return null;
        }

        Record(draft, target, endsFastForward);
        return draft;
    }

    private static void Record(Draft draft, Instant? target, bool endsFastForward) =>
        draft.RecordOrBuffer(EventType.WorkflowExecutionTimeSkippingTransitioned, e =>
        {
            e.WorkerMayIgnore = true;
            e.WorkflowExecutionTimeSkippingTransitionedEventAttributes =
                new WorkflowExecutionTimeSkippingTransitionedEventAttributes
                {
                    TargetTime = target?.ToTimestamp(),
                    DisabledAfterFastForward = endsFastForward,
                    WallClockTime = draft.Context.EngineNow.ToTimestamp(),
                };
        });

    /// <summary>Whether the run waits for time and for nothing else.</summary>
    /// <remarks>Looks at every activity: runs that skip time are runs under test.</remarks>
    private static bool IsIdle(RunState state) =>
        state is { IsRunning: true, IsPaused: false, Task: null, AwaitsParent: false }
        && state.Children.IsEmpty
        && state.Externals.IsEmpty
        && state.Nexus.Operations.IsEmpty
        && state.Activities.Values.All(activity => activity.WaitsForRetry);

    private static Instant? NextTarget(RunState state, Instant now)
    {
        Instant? next = state.Deadlines.IsEmpty ? null : state.Deadlines.Min.At;

        // Before its first task a run waits for its backoff alone: it must not jump over all that it was started for.
        var other = state.FirstTaskScheduled
            ? state.RunExpiresAt
            : state.InFirstTaskBackoff ? state.FirstTaskAt : (Instant?)null;
        if (other is { } candidate && (next is null || candidate < next))
        {
            next = candidate;
        }

        return next > now ? next : null;
    }
}
