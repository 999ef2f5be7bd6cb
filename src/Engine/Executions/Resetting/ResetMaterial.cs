using Temporalio.Api.History.V1;

namespace AugmentedOS.Engine.Executions.Resetting;

/// <summary>What a reset needs to know of histories, read before it is decided.</summary>
/// <param name="Copied">What the new run begins with.</param>
/// <param name="Discarded">What may be applied again, in order: from the run that is reset, and from the runs that
/// continued it as new.</param>
/// <param name="LastRead">The last of these runs. It may have gone on since.</param>
/// <param name="NextEventId">The first of its events that was not read.</param>
internal sealed record ResetMaterial(
    CopiedHistory Copied, IReadOnlyList<HistoryEvent> Discarded, RunKey LastRead, long NextEventId);
