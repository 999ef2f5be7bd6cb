using Google.Protobuf.WellKnownTypes;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Schedule.V1;

namespace AugmentedOS.Engine.Schedules.Describing;

/// <summary>What a schedule has done last and does next, as clients see it.</summary>
internal static class ActionTimes
{
    /// <summary>The next times, also while it is paused; no more than it may still act.</summary>
    public static IEnumerable<Timestamp> Future(ScheduleState state, Instant now, int count)
    {
        if (state.HasLimitedActions)
        {
            count = (int)Math.Min(count, Math.Max(0, state.RemainingActions));
        }

        // What is due and not yet taken up is still to come; what passes during a pause is not.
        var after = state.MayAct || now < state.DoneUntil ? state.DoneUntil : now;
        for (var taken = 0; taken < count && state.Spec.Next(state.Seed, after) is { } next; taken++)
        {
            yield return next.At.ToTimestamp();
            after = next.Nominal;
        }
    }

    /// <summary>The last actions, oldest first.</summary>
    public static IEnumerable<ScheduleActionResult> Recent(ScheduleState state, int count) =>
        state.Actions.Skip(Math.Max(0, state.Actions.Count - count)).Select(action => new ScheduleActionResult
        {
            ScheduleTime = action.Due.ToTimestamp(),
            ActualTime = action.StartedAt.ToTimestamp(),
            StartWorkflowResult = ExecutionOf(action),
            StartWorkflowStatus = action.Status,
        });

    public static IEnumerable<WorkflowExecution> Running(ScheduleState state) =>
        state.Actions.Where(action => action is { IsRunning: true, IsExclusive: true }).Select(ExecutionOf);

    private static WorkflowExecution ExecutionOf(StartedAction action) =>
        new() { WorkflowId = action.WorkflowId, RunId = action.FirstRun.ToString() };
}
