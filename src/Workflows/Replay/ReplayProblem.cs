namespace AugmentedOS.Workflows.Replay;

/// <summary>Why a run could not be replayed.</summary>
/// <param name="Kind">What sort of problem it is.</param>
/// <param name="EventId">The first event that the code does not agree with; null when nothing tells.</param>
/// <param name="Expected">What the history has there.</param>
/// <param name="Produced">What the code does there.</param>
/// <param name="Place">Where the code does it; null when nothing tells.</param>
/// <param name="Message">What the SDK said, word for word.</param>
public sealed record ReplayProblem(
    ReplayProblemKind Kind, long? EventId, string Expected, string Produced, SourcePlace? Place, string Message);
