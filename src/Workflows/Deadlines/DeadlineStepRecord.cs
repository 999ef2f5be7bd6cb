namespace AugmentedOS.Workflows.Deadlines;

/// <summary>A step of a deadline that was reached.</summary>
/// <param name="Name">Its name; <see cref="Deadline.AbortStep"/> for the abort.</param>
/// <param name="Share">The share of the budget that it stands at, 0.5 for half.</param>
/// <param name="At">When it was reached (UTC).</param>
/// <param name="Failure">Why its action failed; null while it runs and when it went well.</param>
public sealed record DeadlineStepRecord(string Name, double Share, DateTime At, string? Failure);
