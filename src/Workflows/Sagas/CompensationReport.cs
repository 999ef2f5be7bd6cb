namespace AugmentedOS.Workflows.Sagas;

/// <summary>What was undone and what was not: the second detail of the failure in history, after
/// <see cref="Errors.ErrorDetails"/>.</summary>
/// <param name="Done">Names of compensations that succeeded, in the order in which they ended.</param>
/// <param name="Failed">Those that failed for good.</param>
/// <param name="NotRun">Names of those that did not run, because of
/// <see cref="CompensationFailurePolicy.Stop"/>.</param>
public sealed record CompensationReport(
    IReadOnlyList<string> Done, IReadOnlyList<CompensationFailure> Failed, IReadOnlyList<string> NotRun);
