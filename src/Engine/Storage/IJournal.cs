using AugmentedOS.Engine.Entities;
using AugmentedOS.Engine.Namespaces;
using AugmentedOS.Engine.Visibility;

namespace AugmentedOS.Engine.Storage;

/// <summary>The one source of truth: an append-only table of transitions, and the indexes derived from it.</summary>
internal interface IJournal : IDisposable
{
    /// <summary>
    /// Makes all of it durable in one transaction with one fsync, or none of it. Called by one thread.
    /// </summary>
    /// <exception cref="JournalException">The machine failed (disk full, file gone); nothing was written.</exception>
    void Commit(IReadOnlyList<IJournalWrite> batch);

    /// <summary>The number for the next new run; every call gives another. Any thread.</summary>
    long NextRunNumber();

    /// <summary>
    /// A run folded from its last snapshot and the transitions after it; null when there is none. Any thread.
    /// </summary>
    /// <param name="run">Null means the current run: the latest, open or closed.</param>
    LoadedRun? Load(WorkflowKey workflow, RunId? run);

    /// <summary>How many runs match a query, and the number of the last run there is. Any thread.</summary>
    Validated<RunScope> CountRuns(VisibilityScope scope, string query);

    /// <summary>Runs that match a query in the order of their numbers, after one and up to one. Any thread.</summary>
    Validated<IReadOnlyList<NumberedRun>> FindRuns(
        VisibilityScope scope, string query, long after, long last, int limit);

    /// <summary>All runs of a workflow id, the latest first. Any thread.</summary>
    IReadOnlyList<RunId> RunsOf(WorkflowKey workflow);

    /// <summary>The runs that must be kept moving (<see cref="Executions.RunState.IsHot"/>). Any thread.</summary>
    IReadOnlyList<RunKey> HotRuns();

    /// <summary>Idle runs whose next deadline is not later than <paramref name="until"/>. Any thread.</summary>
    IReadOnlyList<WakeUp> WakeUps(Instant until);

    /// <summary>Closed runs of a namespace that ended before <paramref name="closedBefore"/>. Any thread.</summary>
    IReadOnlyList<RunKey> ClosedRuns(NamespaceId ns, Instant closedBefore, int limit);

    /// <summary>Events of a run in order, from an id on, whole transitions at a time until <paramref name="maxEvents"/>
    /// or <paramref name="maxBytes"/> is reached. Committed events only. Any thread.</summary>
    HistorySlice ReadHistory(RunKey run, long fromEventId, int maxEvents, int maxBytes);

    /// <summary>
    /// Like <see cref="ReadHistory"/> but newest first, beginning with <paramref name="fromEventId"/>.
    /// </summary>
    HistorySlice ReadHistoryBackwards(RunKey run, long fromEventId, int maxEvents, int maxBytes);

    IReadOnlyList<NamespaceInfo> Namespaces();

    /// <summary>All entities of a kind, the oldest first. Any thread.</summary>
    IReadOnlyList<StoredEntity> Entities(EntityKind kind);
}
