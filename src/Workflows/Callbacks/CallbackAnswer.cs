namespace AugmentedOS.Workflows.Callbacks;

/// <summary>What became of a reply, and why.</summary>
/// <param name="Outcome">What became of it.</param>
/// <param name="Detail">For logs; null where the outcome says it all.</param>
public sealed record CallbackAnswer(CallbackOutcome Outcome, string? Detail = null);
