using System.Collections.Immutable;
using Temporalio.Api.Common.V1;

namespace AugmentedOS.Engine.Executions.Nexus;

/// <summary>All that a run has to do with Nexus: the operations it waits for, and who wants to learn of its end.</summary>
internal sealed record NexusState
{
    public static NexusState Empty { get; } = new();

    /// <summary>Operations that have not ended, by the id of the SCHEDULED event.</summary>
    public ImmutableDictionary<long, NexusOperation> Operations { get; init; } =
        ImmutableDictionary<long, NexusOperation>.Empty;

    /// <summary>How many requests to handlers are due now, starts and cancellations.</summary>
    public int RequestsDue { get; init; }

    /// <summary>Who is told when the run has ended, by number in the order in which they came.</summary>
    public ImmutableDictionary<long, CompletionCallback> Callbacks { get; init; } =
        ImmutableDictionary<long, CompletionCallback>.Empty;

    /// <summary>Those that wait for the workflow's end, which the next run of a chain inherits.</summary>
    public IEnumerable<Callback> CallbacksInOrder =>
        Callbacks.Values.Where(callback => callback.UpdateId.Length == 0).OrderBy(callback => callback.Number).Select(callback => callback.Callback);

    /// <summary>How many callbacks are due now.</summary>
    public int CallbacksDue { get; init; }

    /// <summary>When callbacks that failed are tried again, earliest first.</summary>
    public ImmutableSortedSet<Deadline> CallbackDeadlines { get; init; } = [];

    /// <summary>Set when the run is that of an operation which no workflow called.</summary>
    public StandaloneOperation? Standalone { get; init; }
}
