using System.Collections.Immutable;

namespace AugmentedOS.Engine.Executions.Updates;

/// <summary>What a run's history says of its updates: which there were, and where. Payloads stay in history.</summary>
internal sealed record UpdatesState
{
    public static UpdatesState Empty { get; } = new();

    /// <summary>By update id.</summary>
    public ImmutableDictionary<string, KnownUpdate> Known { get; init; } =
        ImmutableDictionary<string, KnownUpdate>.Empty;

    /// <summary>Those that are admitted, by their event: in the order in which a worker gets them.</summary>
    public ImmutableSortedDictionary<long, string> Admitted { get; init; } =
        ImmutableSortedDictionary<long, string>.Empty;

    /// <summary>Ids of the requests that history names → the event that does.</summary>
    public ImmutableDictionary<string, UpdateRequestEvent> RequestIds { get; init; } =
        ImmutableDictionary<string, UpdateRequestEvent>.Empty;

    /// <summary>How many are completed.</summary>
    public int Completed { get; init; }

    /// <summary>How many are admitted or accepted.</summary>
    public int InFlight => Known.Count - Completed;
}
