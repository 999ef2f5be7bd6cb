using AugmentedOS.Workflows.Waiting;
using Temporalio.Client;

namespace AugmentedOS.Samples.Waiting;

/// <summary>Deliveries wait for invoices that somebody else has started: one is paid, one withdrawn, one forgotten, one
/// unknown.</summary>
internal static class WaitingSample
{
    /// <summary>Time that is skipped stands still while a worker holds on to the engine: so each attempt only looks,
    /// once an hour. Elsewhere <c>new(Timeout: TimeSpan.FromDays(7))</c> is all there is to say.</summary>
    private static readonly WaitOptions OneWeek = new(
        Timeout: TimeSpan.FromDays(7), LongPoll: TimeSpan.Zero, Pause: TimeSpan.FromHours(1));

    public static Task RunAsync(TextWriter output, CancellationToken cancellationToken) => SampleEngine.RunAsync(
        worker => worker.AddWaiting().AddWorkflow<DeliveryWorkflow>().AddWorkflow<InvoiceWorkflow>(),
        async engine =>
        {
            var paid = await InvoiceAsync(engine, "invoice/paid");
            var withdrawn = await InvoiceAsync(engine, "invoice/withdrawn");
            await InvoiceAsync(engine, "invoice/forgotten");

            var deliveries = new List<WorkflowHandle<DeliveryWorkflow, string>>();
            foreach (var invoice in (string[])[paid.Id, withdrawn.Id, "invoice/forgotten", "invoice/unknown"])
            {
                deliveries.Add(await engine.Client.StartWorkflowAsync(
                    (DeliveryWorkflow workflow) => workflow.RunAsync(invoice, OneWeek),
                    SampleEngine.Options($"delivery of {invoice}")));
            }

            await engine.PassAsync(TimeSpan.FromDays(2));
            await paid.SignalAsync(invoice => invoice.PayAsync("Ann"));
            await withdrawn.CancelAsync();

            foreach (var delivery in deliveries)
            {
                await output.WriteLineAsync($"{delivery.Id}: {await delivery.GetResultAsync()}");
            }
        },
        cancellationToken);

    private static Task<WorkflowHandle<InvoiceWorkflow, Payment>> InvoiceAsync(SampleEngine engine, string id) =>
        engine.Client.StartWorkflowAsync((InvoiceWorkflow invoice) => invoice.RunAsync(80), SampleEngine.Options(id));
}
