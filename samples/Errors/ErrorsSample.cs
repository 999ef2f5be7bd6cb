using AugmentedOS.Workflows.Errors;
using AugmentedOS.Workflows.ParkingLot;
using Temporalio.Client;
using Temporalio.Exceptions;

namespace AugmentedOS.Samples.Errors;

/// <summary>A bank that is down stops three orders; they are found, explained, and retried when it is back. A declined
/// card is no such failure: the customer is told.</summary>
internal static class ErrorsSample
{
    public static Task RunAsync(TextWriter output, CancellationToken cancellationToken)
    {
        var bank = new BankActivities { IsDown = true };
        return SampleEngine.RunAsync(
            options => options.AddWorkflow<OrderWorkflow>().AddAllActivities(bank).UseErrorTranslation(),
            engine => ShowAsync(engine.Client, bank, output, cancellationToken),
            cancellationToken);
    }

    private static async Task ShowAsync(
        ITemporalClient client, BankActivities bank, TextWriter output, CancellationToken cancellationToken)
    {
        foreach (var id in new[] { "order-1", "order-2", "order-3", "order-declined" })
        {
            await output.WriteLineAsync($"{id}: {await OutcomeAsync(client, id)}");
        }

        var lot = new WorkflowParkingLot(client);
        var explanation = await lot.ExplainAsync("order-1", cancellationToken: cancellationToken);
        var step = explanation.Steps[^1];
        await output.WriteLineAsync($"""

            Why order-1 failed: {step.What} {step.Name}, {step.Attempts} attempts, {step.Error.Code}: {step.Error.Message}
            What to do: {explanation.Advice}
            A retry goes back to {explanation.RetryReason}

            """);

        bank.IsDown = false;
        var report = await lot.RetryAllAsync(
            new ParkingLotQuery { Kind = ErrorKind.DependencyDown },
            new RetryOptions { Reason = "the bank is back" },
            cancellationToken: cancellationToken);
        await output.WriteLineAsync($"The bank is back: {report.Retried} orders retried.");
        foreach (var id in new[] { "order-1", "order-2", "order-3" })
        {
            await output.WriteLineAsync($"{id}: {await client.GetWorkflowHandle(id).GetResultAsync<string>()}");
        }
    }

    /// <summary>What the customer is told.</summary>
    private static async Task<string> OutcomeAsync(ITemporalClient client, string id)
    {
        try
        {
            return await client.ExecuteWorkflowAsync((OrderWorkflow order) => order.RunAsync(id), SampleEngine.Options(id));
        }
        catch (WorkflowFailedException failed)
        {
            var error = WorkflowError.From(failed);
            return $"{error.Kind}, HTTP {(int)error.HttpStatus}: {error.UserMessage}";
        }
    }
}
