using Temporalio.Api.Enums.V1;

namespace AugmentedOS.Engine.Schedules;

/// <summary>A stretch of time whose actions are to be taken as if it was now.</summary>
/// <param name="DoneUntil">All times up to this one are in the buffer already.</param>
/// <param name="End">Inclusive.</param>
internal sealed record Backfill(Instant DoneUntil, Instant End, ScheduleOverlapPolicy Overlap);
