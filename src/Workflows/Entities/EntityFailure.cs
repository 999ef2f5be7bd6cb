namespace AugmentedOS.Workflows.Entities;

/// <summary>A message without anybody who waits for its answer, whose handling failed for good.</summary>
/// <param name="MessageId">Its id.</param>
/// <param name="Reason">Why it failed, the first 500 characters.</param>
/// <param name="At">When it failed (UTC).</param>
public sealed record EntityFailure(string MessageId, string Reason, DateTime At);
