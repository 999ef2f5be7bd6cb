namespace AugmentedOS.Workflows.ParkingLot;

/// <summary>What became of one workflow's retry.</summary>
/// <param name="WorkflowId">The workflow.</param>
/// <param name="RunId">The run that had failed.</param>
/// <param name="Result">What was done.</param>
/// <param name="NewRunId">The run that goes on, if there is one.</param>
/// <param name="Reason">Where it goes on from, or why nothing was done.</param>
public sealed record RetryOutcome(string WorkflowId, string RunId, RetryResult Result, string? NewRunId, string Reason);
