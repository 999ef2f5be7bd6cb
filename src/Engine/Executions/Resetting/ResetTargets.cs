using Temporalio.Api.Enums.V1;
using Temporalio.Api.History.V1;

namespace AugmentedOS.Engine.Executions.Resetting;

/// <summary>Where to go back to, for those who name no event: the first workflow task, the last, or a build's first.</summary>
internal static class ResetTargets
{
    /// <summary>The first completed workflow task; without one, the first that was scheduled.</summary>
    /// <param name="history">From the beginning.</param>
    /// <returns>The event to reset to; null when there is no workflow task.</returns>
    public static long? FirstTask(IEnumerable<HistoryEvent> history)
    {
        long? scheduled = null;
        foreach (var happened in history)
        {
            if (happened.EventType == EventType.WorkflowTaskCompleted)
            {
                return happened.EventId;
            }

            scheduled ??= AfterScheduled(happened);
        }

        return scheduled;
    }

    /// <summary>The last completed workflow task; without one, the first that was scheduled.</summary>
    /// <param name="backwards">From the end.</param>
    /// <returns>The event to reset to; null when there is no workflow task.</returns>
    public static long? LastTask(IEnumerable<HistoryEvent> backwards)
    {
        long? scheduled = null;
        foreach (var happened in backwards)
        {
            if (happened.EventType == EventType.WorkflowTaskCompleted)
            {
                return happened.EventId;
            }

            scheduled = AfterScheduled(happened) ?? scheduled;
        }

        return scheduled;
    }

    /// <summary>The first workflow task that a build completed, perhaps in an earlier run of the chain.</summary>
    /// <param name="currentRunOnly">Whether a point in an earlier run is refused.</param>
    /// <param name="problem">Why there is none, word for word.</param>
    public static (RunId Run, long EventId)? OfBuild(
        RunState state, string buildId, bool currentRunOnly, Instant now, out string? problem)
    {
        var point = state.ResetPoints.FirstOrDefault(candidate => candidate.BuildId == buildId);
        problem = point switch
        {
            null => $"Can't find reset point for {buildId}",
            { Resettable: false } => $"Reset point for {buildId} is not resettable",
            { ExpireTime: { } expiry } when Instant.From(expiry) < now => $"Reset point for {buildId} is expired",
            _ when currentRunOnly && point.RunId != state.Key.Run.ToString() =>
                $"Reset point for {buildId} points to previous run and CurrentRunOnly is set",
            _ => null,
        };
        return problem is null ? (RunId.Parse(point!.RunId), point.FirstWorkflowTaskCompletedId) : null;
    }

    private static long? AfterScheduled(HistoryEvent happened) =>
        happened.EventType == EventType.WorkflowTaskScheduled ? happened.EventId + 1 : null;
}
