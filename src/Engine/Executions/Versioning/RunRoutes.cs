using AugmentedOS.Engine.TaskQueues;
using Temporalio.Api.Enums.V1;

namespace AugmentedOS.Engine.Executions.Versioning;

/// <summary>Where a run's tasks belong, as far as its state decides. The rest is decided at dispatch, so that a change of
/// routing touches no run.</summary>
internal static class RunRoutes
{
    public static TaskRoute Of(RunState state)
    {
        if (state.Versioning is not { } versioning)
        {
            return TaskRoute.Open;
        }

        var version = versioning.EffectiveVersion;
        return versioning.IsPinned && version is { } pinned
            ? TaskRoute.PinnedTo(pinned)
            : new TaskRoute(IsPinned: false, version, UsesRamping(state));
    }

    /// <summary>Whether the run's activities wait for a move of the run: they belong to the version that it moves to.
    /// </summary>
    public static bool HoldsActivities(RunState state) => state.Versioning?.Transition is not null;

    /// <summary>Whether tasks that waited before belong elsewhere now.</summary>
    public static bool Moved(RunState? before, RunState after) =>
        before is not null
        && !ReferenceEquals(before.Versioning, after.Versioning)
        && (Of(before) != Of(after) || (HoldsActivities(before) && !HoldsActivities(after)));

    /// <summary>Whether the previous run of the chain wanted this one's first task on the ramping version.</summary>
    public static bool UsesRamping(RunState state) =>
        state.LastCompletedTaskEventId == 0
        && state.Versioning?.InitialBehavior == ContinueAsNewVersioningBehavior.UseRampingVersion;
}
