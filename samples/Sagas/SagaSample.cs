using Temporalio.Client;
using Temporalio.Exceptions;

namespace AugmentedOS.Samples.Sagas;

/// <summary>A trip is booked; the car cannot be had, so that the hotel and the flight are given back, the last booked
/// first.</summary>
internal static class SagaSample
{
    public static Task RunAsync(TextWriter output, CancellationToken cancellationToken) => SampleEngine.RunAsync(
        worker => worker.AddWorkflow<TripWorkflow>().AddAllActivities(new TravelAgency(output)),
        async engine =>
        {
            var lisbon = await engine.Client.ExecuteWorkflowAsync(
                (TripWorkflow workflow) => workflow.RunAsync("Lisbon"), SampleEngine.Options("trip-lisbon"));
            await output.WriteLineAsync($"Result: {lisbon}");

            var venice = await engine.Client.StartWorkflowAsync(
                (TripWorkflow workflow) => workflow.RunAsync("Venice"), SampleEngine.Options("trip-venice"));
            try
            {
                await venice.GetResultAsync();
            }
            catch (WorkflowFailedException failure)
            {
                await output.WriteLineAsync($"Failed: {failure.InnerException?.InnerException?.Message}");
            }
        },
        cancellationToken);
}
