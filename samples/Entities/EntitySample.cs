namespace AugmentedOS.Samples.Entities;

/// <summary>An account that lives from messages; one of them arrives twice.</summary>
internal static class EntitySample
{
    public static Task RunAsync(TextWriter output, CancellationToken cancellationToken) => SampleEngine.RunAsync(
        worker => worker.AddWorkflow<AccountWorkflow>(),
        async engine =>
        {
            var account = await engine.Client.StartWorkflowAsync(
                (AccountWorkflow workflow) => workflow.RunAsync(null), SampleEngine.Options("account-1"));
            await account.SignalAsync(workflow => workflow.DepositAsync("m-1", 100));
            await account.SignalAsync(workflow => workflow.DepositAsync("m-2", 20));
            await account.SignalAsync(workflow => workflow.DepositAsync("m-2", 20));
            await output.WriteLineAsync($"Withdrawn: {await account.ExecuteUpdateAsync(workflow => workflow.WithdrawAsync("m-3", 50))}");
            await output.WriteLineAsync($"Balance: {await account.QueryAsync(workflow => workflow.Balance())}");

            await engine.PassAsync(TimeSpan.FromDays(365));
            await output.WriteLineAsync($"A year later: {await account.QueryAsync(workflow => workflow.Balance())}");
            await account.SignalAsync(workflow => workflow.CloseAsync());
            await output.WriteLineAsync($"Closed with {await account.GetResultAsync()}");
        },
        cancellationToken);
}
