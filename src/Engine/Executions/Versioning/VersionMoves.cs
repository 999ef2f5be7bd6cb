using AugmentedOS.Engine.Executions.Facts;
using Temporalio.Api.Enums.V1;

namespace AugmentedOS.Engine.Executions.Versioning;

/// <summary>How a run moves from one worker version to another: at a workflow task, and nowhere else.</summary>
internal static class VersionMoves
{
    /// <summary>Whether the run has yet to get to another version than it is on.</summary>
    public static bool IsUnderWay(RunState state) => state.Versioning?.Transition is not null;

    /// <summary>A worker takes a workflow task: when it runs another version than the run is on, the run moves there.</summary>
    /// <param name="runs">The worker's version; null for none.</param>
    public static void Begin(Draft draft, DeploymentVersion? runs)
    {
        var state = draft.State;
        if (state.Versioning is null ? runs is null : state.Versioning.EffectiveVersion == runs)
        {
            return;
        }

        if (state.Versioning is { IsPinned: true })
        {
            return;   // The route of its task keeps other versions away; a sticky worker of another one is let finish.
        }

        draft.Emit(new VersionTransitionBegun(runs, runs is null ? 0 : TargetOf(draft).Revision));
        if (state.Sticky is not null)
        {
            draft.Emit(new StickyQueueCleared());
        }
    }

    /// <summary>An activity reached a worker of the version that the workflow itself would go to by now: the workflow moves
    /// first, and its activities follow.</summary>
    /// <returns>Whether it does; nothing is recorded when it does not.</returns>
    public static bool BeginFromActivity(Draft draft, DeploymentVersion? runs)
    {
        var state = draft.State;
        if (state.Versioning?.EffectiveVersion == runs || state.Versioning is { IsPinned: true }
            || TargetOf(draft).Version != runs)
        {
            return false;
        }

        Begin(draft, runs);
        WorkflowTasks.Ensure(draft);
        return true;
    }

    /// <summary>Before a workflow task starts: notes where workflows go by now, so that a pinned one can be told that its
    /// version is not the one.</summary>
    public static void NoteTarget(Draft draft)
    {
        if (draft.State.Versioning is not { } versioning
            || versioning.EffectiveBehavior == VersioningBehavior.Unspecified)
        {
            return;
        }

        var (notified, declined) = After(versioning, TargetOf(draft));
        if (notified != versioning.Notified || declined != versioning.Declined)
        {
            draft.Emit(new VersionTargetNoted(notified, declined));
        }
    }

    /// <summary>Whether the workflow is to be told that workflows go elsewhere by now.</summary>
    public static bool IsTargetChanged(RunState state) => state.Versioning is { IsPinned: true, Notified: not null };

    private static (KnownTarget? Notified, KnownTarget? Declined) After(RunVersioning versioning, VersionTarget target)
    {
        var unchanged = (versioning.Notified, versioning.Declined);
        var highest = Math.Max(versioning.Notified?.Revision ?? 0, versioning.Declined?.Revision ?? 0);
        if (versioning.Override is not null)
        {
            return (null, null);   // Whoever decreed a version knows what he does.
        }

        if (!versioning.IsPinned)
        {
            return unchanged;
        }

        if (versioning.EffectiveVersion == target.Version && target.Revision >= highest)
        {
            return (null, null);
        }

        var isDeclined = versioning.Declined is { } declined && target.Revision <= declined.Revision;
        return isDeclined || target.Revision < highest
            ? unchanged
            : (new KnownTarget(target.Version, target.Revision), null);
    }

    private static VersionTarget TargetOf(Draft draft) => draft.Context.Versions.TargetOf(
        draft.State.Key.Namespace,
        draft.State.Started.TaskQueue.Name,
        draft.State.Key.WorkflowId,
        RunRoutes.UsesRamping(draft.State));
}
