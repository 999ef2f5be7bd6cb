namespace AugmentedOS.Workflows.Deadlines;

/// <summary>Where a deadline is, for queries and messages.</summary>
/// <param name="StartedAt">When the work began (UTC).</param>
/// <param name="Budget">How much time it has in all, extensions included.</param>
/// <param name="Elapsed">How much of it is gone; more than the budget when it is late.</param>
/// <param name="AbortAt">When the work is cancelled; null when it never is.</param>
/// <param name="Passed">The steps that were reached, in their order.</param>
public sealed record DeadlineStatus(
    DateTime StartedAt, TimeSpan Budget, TimeSpan Elapsed, DateTime? AbortAt, IReadOnlyList<DeadlineStepRecord> Passed)
{
    /// <summary>When the budget is used up (UTC).</summary>
    public DateTime DueAt => StartedAt + Budget;

    /// <summary>What is left; zero when it is late.</summary>
    public TimeSpan Remaining => Elapsed < Budget ? Budget - Elapsed : TimeSpan.Zero;
}
