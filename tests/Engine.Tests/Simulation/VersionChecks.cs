using AugmentedOS.Engine.Deployments;
using AugmentedOS.Engine.Executions.Facts;
using AugmentedOS.Engine.Storage;
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
            PinnedRunsStayWhereTheyAre(run.Key, run.Rows.SelectMany(row => FactCodec.Decode(row.Facts)).ToList());
        }
    }

    /// <summary>A run that its worker has pinned is worked on by that version alone, until somebody decrees otherwise. One
    /// that had begun to move when the task was out, because of an activity, moves first.</summary>
    private static void PinnedRunsStayWhereTheyAre(RunKey run, List<Fact> facts)
    {
        HistoryEvent? pinned = null;
        VersionTransitionBegun? move = null;
        var isDecreed = false;
        foreach (var fact in facts)
        {
            move = fact as VersionTransitionBegun ?? move;
            if (EventOf(fact) is not { } happened)
            {
                continue;
            }

            if (happened.WorkflowExecutionStartedEventAttributes is { } started)
            {
                isDecreed = started.VersioningOverride is not null;
            }

            if (happened.WorkflowExecutionOptionsUpdatedEventAttributes is { } updated)
            {
                (pinned, isDecreed) = (null, updated.VersioningOverride is not null);
            }

            if (happened.WorkflowTaskCompletedEventAttributes is not { } completed)
            {
                continue;
            }

            var version = DeploymentVersion.From(completed.DeploymentVersion);
            Assert.True(
                pinned is null || version == DeploymentVersion.From(pinned.WorkflowTaskCompletedEventAttributes.DeploymentVersion),
                $"{run} was pinned in event {pinned?.EventId}, and another version completed event {happened.EventId}: "
                    + string.Join(", ", facts.Select(EventOf).OfType<HistoryEvent>().Select(Describe)));
            move = move?.To == version ? null : move;
            pinned = completed.VersioningBehavior == VersioningBehavior.Pinned && !isDecreed && move is null ? happened : null;
        }
    }

    private static HistoryEvent? EventOf(Fact fact) => fact switch
    {
        RunStarted started => started.Event,
        EventRecorded recorded => recorded.Event,
        BufferedEventRecorded recorded => recorded.Event,
        _ => null,
    };

    private static string Describe(HistoryEvent happened) => happened switch
    {
        { WorkflowTaskCompletedEventAttributes: { } completed } =>
            $"{happened.EventId} {happened.EventType} {completed.VersioningBehavior} {completed.DeploymentVersion?.BuildId}",
        { WorkflowExecutionOptionsUpdatedEventAttributes: { } updated } =>
            $"{happened.EventId} {happened.EventType} {updated.VersioningOverride}",
        _ => $"{happened.EventId} {happened.EventType}",
    };
}
