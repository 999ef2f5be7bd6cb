using AugmentedOS.Workflows.Errors;
using Temporalio.Client;
using Temporalio.Exceptions;

namespace AugmentedOS.Samples.Entities;

/// <summary>An account that lives from messages; one of them arrives twice, and two are refused.</summary>
internal static class EntitySample
{
    public static Task RunAsync(TextWriter output, CancellationToken cancellationToken) => SampleEngine.RunAsync(
        worker => worker.AddWorkflow<AccountWorkflow>(),
        async engine =>
        {
            var account = await DepositAsync(engine.Client, "m-1", 100);
            await DepositAsync(engine.Client, "m-2", 20);
            await DepositAsync(engine.Client, "m-2", 20);
            foreach (var (messageId, amount) in (IEnumerable<(string, long)>)[("m-3", 50), ("m-4", 500), ("m-5", -1)])
            {
                await output.WriteLineAsync(await WithdrawAsync(account, messageId, amount));
            }

            await output.WriteLineAsync($"Balance: {await account.QueryAsync(workflow => workflow.Balance())}");
            await engine.PassAsync(TimeSpan.FromDays(365));
            await output.WriteLineAsync($"A year later: {await account.QueryAsync(workflow => workflow.Balance())}");
            await account.SignalAsync(workflow => workflow.CloseAsync());
            await output.WriteLineAsync($"Closed with {await account.GetResultAsync()}");
        },
        cancellationToken);

    // Opens the account with its first message; later ones go to whichever run there is.
    private static Task<WorkflowHandle<AccountWorkflow, long>> DepositAsync(ITemporalClient client, string messageId, long amount)
    {
        var options = SampleEngine.Options("account-1");
        options.SignalWithStart((AccountWorkflow account) => account.DepositAsync(messageId, amount));
        return client.StartWorkflowAsync((AccountWorkflow account) => account.RunAsync(null), options);
    }

    private static async Task<string> WithdrawAsync(WorkflowHandle<AccountWorkflow, long> account, string messageId, long amount)
    {
        try
        {
            await account.ExecuteUpdateAsync(workflow => workflow.WithdrawAsync(messageId, amount));
            return $"Withdrawn: {amount}";
        }
        catch (WorkflowUpdateFailedException refused)
        {
            return $"Refused: {WorkflowError.From(refused).Message}";
        }
    }
}
