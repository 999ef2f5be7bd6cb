using AugmentedOS.Workflows.Errors;
using Temporalio.Api.Enums.V1;

namespace AugmentedOS.Workflows.ParkingLot;

/// <summary>A run that failed for good: it is the last of its workflow, and nothing will try it again by
/// itself.</summary>
/// <param name="WorkflowId">The workflow.</param>
/// <param name="RunId">Its run.</param>
/// <param name="WorkflowType">The workflow's type.</param>
/// <param name="TaskQueue">Whose workers it ran on.</param>
/// <param name="Status">How it ended.</param>
/// <param name="Started">When it began, UTC.</param>
/// <param name="Closed">When it ended, UTC.</param>
/// <param name="Error">Why.</param>
public sealed record ParkedWorkflow(
    string WorkflowId,
    string RunId,
    string WorkflowType,
    string TaskQueue,
    WorkflowExecutionStatus Status,
    DateTimeOffset Started,
    DateTimeOffset Closed,
    WorkflowError Error);
