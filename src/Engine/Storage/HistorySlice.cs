using Temporalio.Api.History.V1;

namespace AugmentedOS.Engine.Storage;

/// <summary>A stretch of a run's history.</summary>
/// <param name="NextEventId">The event to go on with (backwards: down to it); 0 when there is none yet.</param>
internal sealed record HistorySlice(IReadOnlyList<HistoryEvent> Events, long NextEventId);
