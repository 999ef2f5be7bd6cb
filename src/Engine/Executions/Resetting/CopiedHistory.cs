namespace AugmentedOS.Engine.Executions.Resetting;

/// <summary>The beginning of a run's history, as the beginning of another run.</summary>
/// <param name="State">The state that it leads to, under the new run's name.</param>
/// <param name="Rows">Its facts as the journal will keep them, in order: rows of bounded size, so that a reader of
/// history never gets more than a page at once.</param>
/// <param name="RunningActivities">The ACTIVITY_TASK_STARTED events of activities that are still pending, by the id of
/// the SCHEDULED event: their workers belong to the other run.</param>
internal sealed record CopiedHistory(
    RunState State,
    IReadOnlyList<CopiedRow> Rows,
    IReadOnlyDictionary<long, CopiedStart> RunningActivities);

/// <summary>One row of copied facts.</summary>
/// <param name="FirstEventId">The first event in it.</param>
/// <param name="Facts">Encoded.</param>
internal readonly record struct CopiedRow(long FirstEventId, ReadOnlyMemory<byte> Facts);

/// <summary>The start of an activity, as history tells it.</summary>
internal readonly record struct CopiedStart(long StartedEventId, string Identity);
