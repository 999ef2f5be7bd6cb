using AugmentedOS.Engine.Deployments;
using AugmentedOS.Engine.Storage.Codecs;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.History.V1;

namespace AugmentedOS.Engine.Tests.Simulation;

/// <summary>What must hold of versioned workers when a simulated world has come to rest.</summary>
internal static class VersionChecks
{
    public static void All(SimulatedDisk disk, DeploymentDirectory directory)
    {
        foreach (var stored in disk.Entities.Values.Where(stored => stored.Key == ScriptedDeployments.Key))
        {
            var sink = ByteSink.OfThisThread();
            new WorkerDeploymentType().Encode(directory.Find(stored.Key)!, sink);
            Assert.True(stored.State.Span.SequenceEqual(sink.Detach()), "What routes tasks is not what the disk says.");
        }

        foreach (var run in disk.Runs.Values)
        {
            PinnedRunsStayWhereTheyAre(
                run.Key, run.Rows.SelectMany(row => SimulatedRun.ReadEvents(row.Facts)).ToList());
        }
    }

    /// <summary>A run that its worker has pinned is worked on by that version alone, until somebody decrees otherwise.
    /// </summary>
    private static void PinnedRunsStayWhereTheyAre(RunKey run, List<HistoryEvent> history)
    {
        HistoryEvent? pinned = null;
        var isDecreed = history[0].WorkflowExecutionStartedEventAttributes.VersioningOverride is not null;
        foreach (var happened in history)
        {
            if (happened.WorkflowExecutionOptionsUpdatedEventAttributes is { } updated)
            {
                (pinned, isDecreed) = (null, updated.VersioningOverride is not null);
            }

            if (happened.WorkflowTaskCompletedEventAttributes is not { } completed)
            {
                continue;
            }

            Assert.True(
                pinned is null
                || Equals(completed.DeploymentVersion, pinned.WorkflowTaskCompletedEventAttributes.DeploymentVersion),
                $"{run} was pinned in event {pinned?.EventId}, and another version completed event {happened.EventId}: "
                    + string.Join(", ", history.Select(Describe)));
            pinned = completed.VersioningBehavior == VersioningBehavior.Pinned && !isDecreed ? happened : null;
        }
    }

    private static string Describe(HistoryEvent happened) => happened switch
    {
        { WorkflowTaskCompletedEventAttributes: { } completed } =>
            $"{happened.EventId} {happened.EventType} {completed.VersioningBehavior} {completed.DeploymentVersion?.BuildId}",
        { WorkflowExecutionOptionsUpdatedEventAttributes: { } updated } =>
            $"{happened.EventId} {happened.EventType} {updated.VersioningOverride}",
        _ => $"{happened.EventId} {happened.EventType}",
    };
}
