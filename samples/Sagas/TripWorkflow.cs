using AugmentedOS.Workflows.Errors;
using AugmentedOS.Workflows.Sagas;
using Temporalio.Workflows;

namespace AugmentedOS.Samples.Sagas;

[Workflow]
internal sealed class TripWorkflow
{
    [WorkflowRun]
    public Task<string> RunAsync(string where) => Saga.RunAsync(async saga =>
    {
        foreach (var what in (string[])["flight", "hotel", "car"])
        {
            // Registered first: a booking that timed out may still have been made.
            saga.Compensate(what, undo => Workflow.ExecuteActivityAsync(
                (TravelAgency agency) => agency.CancelAsync(what, where), undo.Activity()));
            await Workflow.ExecuteActivityAsync(
                (TravelAgency agency) => agency.BookAsync(what, where), RetryPresets.ExternalApi());
        }

        return $"{where} is booked";
    });
}
