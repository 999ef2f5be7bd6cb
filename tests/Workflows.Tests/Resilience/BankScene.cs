using AugmentedOS.Engine.Hosting.Environments;
using AugmentedOS.Workflows.Errors;
using AugmentedOS.Workflows.Resilience;
using Temporalio.Client;
using Temporalio.Worker;

namespace AugmentedOS.Workflows.Tests.Resilience;

/// <summary>An engine and a worker whose activities go through the bank's circuit.</summary>
internal static class BankScene
{
    public static async Task RunAsync(
        BankActivities activities,
        Action<DependencyOptions> configure,
        Func<Dependencies, Func<int, Task<WorkflowHandle<PayWorkflow, string>>>, Task> then)
    {
        await using var env = await EngineEnvironment.StartAsync();
        using var dependencies = new Dependencies(new SkippedClock(env)).Add("fees").Add("bank", options =>
        {
            options.Spread = TimeSpan.Zero;
            configure(options);
        });
        var queue = $"bank-{Guid.NewGuid():N}";
        using var worker = new TemporalWorker(env.Client, new TemporalWorkerOptions(queue)
        {
            // How long a cancellation may take to be learnt.
            MaxHeartbeatThrottleInterval = TimeSpan.FromMilliseconds(100),
        }
            .AddWorkflow<PayWorkflow>().AddAllActivities(activities).UseErrorTranslation()
                .UseDependencies(dependencies));
        await worker.ExecuteAsync(() => then(dependencies, maximumAttempts => env.Client.StartWorkflowAsync(
            (PayWorkflow workflow) => workflow.RunAsync(maximumAttempts), new($"pay-{Guid.NewGuid():N}", queue))));
    }
}
