namespace AugmentedOS.Workflows.ParkingLot;

/// <summary>How far a batch operation has come.</summary>
/// <param name="IsRunning">Whether it goes on.</param>
/// <param name="Total">How many workflows it is about.</param>
/// <param name="Done">How many were retried, or needed nothing.</param>
/// <param name="Failed">How many could not be.</param>
public sealed record RetryBatchProgress(bool IsRunning, long Total, long Done, long Failed);
