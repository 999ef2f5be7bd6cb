using AugmentedOS.Workflows.Replay;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.History.V1;
using Temporalio.Common;

namespace AugmentedOS.Workflows.Versioning;

/// <summary>A place that a run can be reset to: a workflow task that is done again, with all that was recorded before
/// it.</summary>
/// <param name="EventId">The event that the workflow task was completed with; it and what follows is done
/// again.</param>
/// <param name="Why">Why there, for people and for the history.</param>
public sealed record ResetPoint(long EventId, string Why)
{
    /// <summary>The last point from which a build can go on with a run: what was recorded before it replays.</summary>
    /// <returns>Null when all of the run replays, and so needs no reset.</returns>
    /// <exception cref="ReplayException">The build does not have the workflow, or there is no such point: it fails even
    /// at its first task.</exception>
    public static async Task<ResetPoint?> LastSafeAsync(
        WorkflowBuild build,
        RecordedRun run,
        HistoryReplayOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(run);
        var replayed = await HistoryReplay.RunAsync(build, run, options, cancellationToken).ConfigureAwait(false);
        if (replayed.Problem is not { } problem)
        {
            return null;
        }

        var (end, why) = (problem.Kind, problem.EventId) switch
        {
            (ReplayProblemKind.Nondeterminism, { } id) =>
                (id, $"event {id} is {problem.Expected}, and the new code does: {problem.Produced}"),
            // A task that fails is recorded as completed: it is the one to do again.
            (_, { } id) => (id + 1, $"the new code fails: {problem.Produced}"),
            _ => (long.MaxValue, $"the new code fails: {problem.Produced}"),
        };
        foreach (var task in TasksBefore(run, end))
        {
            // The first task has nothing before it that could fail.
            if (task == run.History.Events.First(IsCompletedTask)
                || await ReplaysToAsync(build, run, task, options, cancellationToken).ConfigureAwait(false))
            {
                return new ResetPoint(task.EventId, why);
            }
        }

        throw new ReplayException(
            $"Run {run.RunId} of '{run.WorkflowId}' has no workflow task that could be done again. Start it anew, or "
            + "terminate it.");
    }

    /// <summary>The workflow task in which a run took the new branch of a patch, to let it choose again.</summary>
    /// <returns>Null when it does not have the patch.</returns>
    public static ResetPoint? BeforePatch(RecordedRun run, string patchId)
    {
        ArgumentNullException.ThrowIfNull(run);
        var marker = PatchMarker.ReadAll(run.History).FirstOrDefault(marker => marker.PatchId == patchId);
        return marker is null
            ? null
            : new ResetPoint(TasksBefore(run, marker.EventId).First().EventId, $"before the patch '{patchId}'");
    }

    /// <summary>The first workflow task that a version completed, to take back all that it did.</summary>
    /// <param name="run">The run.</param>
    /// <param name="buildId">The version's build id.</param>
    /// <returns>Null when that version completed none.</returns>
    public static ResetPoint? BeforeBuild(RecordedRun run, string buildId)
    {
        ArgumentNullException.ThrowIfNull(run);
        var task = run.History.Events.FirstOrDefault(
            recorded => recorded.WorkflowTaskCompletedEventAttributes?.DeploymentVersion?.BuildId == buildId);
        return task is null ? null : new ResetPoint(task.EventId, $"before build '{buildId}'");
    }

    private static bool IsCompletedTask(HistoryEvent recorded) => recorded.EventType == EventType.WorkflowTaskCompleted;

    /// <summary>The completed workflow tasks before an event, the latest first.</summary>
    private static IEnumerable<HistoryEvent> TasksBefore(RecordedRun run, long eventId) =>
        run.History.Events.Where(recorded => IsCompletedTask(recorded) && recorded.EventId < eventId).Reverse();

    private static async Task<bool> ReplaysToAsync(
        WorkflowBuild build,
        RecordedRun run,
        HistoryEvent task,
        HistoryReplayOptions? options,
        CancellationToken cancellationToken)
    {
        var before = new WorkflowHistory(
            run.WorkflowId, [.. run.History.Events.Where(recorded => recorded.EventId < task.EventId)]);
        var replayed = await HistoryReplay.RunAsync(
            build, RecordedRun.Of(before, run.RunId), options, cancellationToken)
            .ConfigureAwait(false);
        return replayed.Problem is null;
    }
}
