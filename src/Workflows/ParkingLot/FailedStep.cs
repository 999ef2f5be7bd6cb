using AugmentedOS.Workflows.Errors;

namespace AugmentedOS.Workflows.ParkingLot;

/// <summary>A step of a run that failed.</summary>
/// <param name="What">What it is: <c>activity</c>, <c>local activity</c>, <c>child workflow</c>, <c>Nexus
/// operation</c>, <c>workflow task</c>.</param>
/// <param name="Name">Its type or name.</param>
/// <param name="Id">Its id within the workflow.</param>
/// <param name="Attempts">How often it was tried.</param>
/// <param name="Scheduled">When it was asked for, UTC.</param>
/// <param name="Failed">When it failed for good, UTC.</param>
/// <param name="EventId">The event of that.</param>
/// <param name="Error">What the last attempt said.</param>
public sealed record FailedStep(
    string What,
    string Name,
    string Id,
    int Attempts,
    DateTimeOffset Scheduled,
    DateTimeOffset Failed,
    long EventId,
    WorkflowError Error)
{
    /// <summary>One line for people.</summary>
    public override string ToString() =>
        $"{What} {Name} ({Id}), event {EventId}: {Attempts} {(Attempts == 1 ? "attempt" : "attempts")} in "
            + $"{Durations.Text(Failed - Scheduled)}, the last: {Error.Kind} ({Error.Code}): {Error.Message}";
}
