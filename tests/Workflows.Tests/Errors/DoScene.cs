using AugmentedOS.Engine.Hosting.Environments;
using Temporalio.Api.Enums.V1;
using Temporalio.Client;
using Temporalio.Exceptions;
using Temporalio.Worker;

namespace AugmentedOS.Workflows.Tests.Errors;

/// <summary>An engine, a worker and one run of <see cref="DoWorkflow"/>.</summary>
internal static class DoScene
{
    public static async Task<string> ResultAsync(
        DoActivities activities, DoWorkflow.Plan plan,
        Func<TemporalWorkerOptions, TemporalWorkerOptions>? configure = null)
    {
        var result = "";
        await RunAsync(activities, plan, async handle => result = await handle.GetResultAsync(), configure);
        return result;
    }

    /// <summary>What a client gets to see of the failure.</summary>
    public static async Task<WorkflowFailedException> FailureAsync(
        DoActivities activities, DoWorkflow.Plan plan,
        Func<TemporalWorkerOptions, TemporalWorkerOptions>? configure = null)
    {
        WorkflowFailedException? failure = null;
        await RunAsync(
            activities,
            plan,
            async handle => failure = await Assert.ThrowsAsync<WorkflowFailedException>(() => handle.GetResultAsync()),
            configure);
        return failure!;
    }

    public static async Task RunAsync(
        DoActivities activities,
        DoWorkflow.Plan plan,
        Func<WorkflowHandle<DoWorkflow, string>, Task> then,
        Func<TemporalWorkerOptions, TemporalWorkerOptions>? configure = null)
    {
        await using var env = await EngineEnvironment.StartAsync();
        var options = new TemporalWorkerOptions($"do-{Guid.NewGuid():N}").AddWorkflow<DoWorkflow>()
            .AddAllActivities(activities);
        using var worker = new TemporalWorker(env.Client, configure?.Invoke(options) ?? options);
        await worker.ExecuteAsync(async () => await then(await env.Client.StartWorkflowAsync(
            (DoWorkflow workflow) => workflow.RunAsync(plan), new($"do-{Guid.NewGuid():N}", options.TaskQueue!))));
    }

    /// <summary>How many attempts the only activity had, and what the last but one left.</summary>
    public static async Task<int> AttemptsAsync(WorkflowHandle handle) => Assert.Single(
        (await handle.FetchHistoryAsync()).Events, e => e.EventType == EventType.ActivityTaskStarted)
        .ActivityTaskStartedEventAttributes.Attempt;
}
