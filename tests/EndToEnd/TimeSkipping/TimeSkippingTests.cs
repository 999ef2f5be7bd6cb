using System.Diagnostics;
using AugmentedOS.Engine.Hosting.Environments;
using Temporalio.Client;
using Temporalio.Client.Schedules;
using Temporalio.Exceptions;
using Temporalio.Testing;
using Temporalio.Worker;
using TimeoutType = Temporalio.Api.Enums.V1.TimeoutType;

namespace AugmentedOS.EndToEnd.TimeSkipping;

/// <summary>What tests of workflows see of skipped time, in process and through the SDK's own environment.</summary>
public sealed class TimeSkippingTests(TestServer server) : IClassFixture<TestServer>
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Nearly = TimeSpan.FromSeconds(20);

    public enum Where
    {
        InProcess,
        TestServer,
    }

    [Theory]
    [InlineData(Where.InProcess)]
    [InlineData(Where.TestServer)]
    public Task Result_WhenTheWorkflowSleepsForDays_IsThereInSeconds(Where where) => RunAsync(where, async (env, queue) =>
    {
        Assert.True(env.SupportsTimeSkipping);
        var began = await env.GetCurrentTimeAsync();

        var ended = await env.Client.ExecuteWorkflowAsync(
            (SleepWorkflow workflow) => workflow.RunAsync(TimeSpan.FromDays(2)), NewOptions(queue));

        Near(began + TimeSpan.FromDays(2), ended);
        Near(began + TimeSpan.FromDays(2), await env.GetCurrentTimeAsync());
    });

    [Theory]
    [InlineData(Where.InProcess)]
    [InlineData(Where.TestServer)]
    public Task Delay_WhenTimeIsLocked_MovesItThatFarAndNoFurther(Where where) => RunAsync(where, async (env, queue) =>
    {
        var began = await env.GetCurrentTimeAsync();
        var handle = await env.Client.StartWorkflowAsync(
            (SleepWorkflow workflow) => workflow.RunAsync(TimeSpan.FromDays(2)), NewOptions(queue));
        async Task<DateTime> WorkflowTimeAsync()
        {
            await handle.SignalAsync(workflow => workflow.TouchAsync());
            return await handle.QueryAsync(workflow => workflow.CurrentTime());
        }

        Near(began, await WorkflowTimeAsync());

        await env.DelayAsync(TimeSpan.FromHours(2));

        Near(began + TimeSpan.FromHours(2), await WorkflowTimeAsync());
    });

    [Theory]
    [InlineData(Where.InProcess)]
    [InlineData(Where.TestServer)]
    public Task Activity_WhenItSleepsInTheEnginesTime_MissesItsHeartbeat(Where where) => RunAsync(where, async (env, queue) =>
    {
        var failure = await Assert.ThrowsAsync<WorkflowFailedException>(() => env.Client.ExecuteWorkflowAsync(
            (HeartbeatWorkflow workflow) => workflow.RunAsync(), NewOptions(queue)));

        var timeout = Assert.IsType<TimeoutFailureException>(
            Assert.IsType<ActivityFailureException>(failure.InnerException).InnerException);
        Assert.Equal(TimeoutType.Heartbeat, timeout.TimeoutType);
    });

    [Theory]
    [InlineData(Where.InProcess)]
    [InlineData(Where.TestServer)]
    public Task Time_WhenAutoSkippingIsDisabled_IsReal(Where where) => RunAsync(where, async (env, queue) =>
    {
        var watch = Stopwatch.StartNew();
        await env.WithAutoTimeSkippingDisabledAsync(() => env.Client.ExecuteWorkflowAsync(
            (SleepWorkflow workflow) => workflow.RunAsync(TimeSpan.FromSeconds(1)), NewOptions(queue)));

        Assert.True(watch.Elapsed >= TimeSpan.FromSeconds(0.9), $"{watch.Elapsed}");
    });

    [Theory]
    [InlineData(Where.InProcess)]
    [InlineData(Where.TestServer)]
    public Task Activity_WhenItReallyWorks_HoldsTheTimerBesideIt(Where where) => RunAsync(where, async (env, queue) =>
        Assert.Equal("work", await env.Client.ExecuteWorkflowAsync(
            (RaceWorkflow workflow) => workflow.RunAsync(), NewOptions(queue))));

    [Theory]
    [InlineData(Where.InProcess)]
    [InlineData(Where.TestServer)]
    public Task Retries_WhenTheyBackOffForHours_AreSkippedTo(Where where) => RunAsync(where, async (env, queue) =>
    {
        var began = await env.GetCurrentTimeAsync();

        var attempt = await env.Client.ExecuteWorkflowAsync(
            (RetryWorkflow workflow) => workflow.RunAsync(), NewOptions(queue));

        Assert.Equal(5, attempt);
        Near(began + TimeSpan.FromHours(1 + 2 + 4 + 8), await env.GetCurrentTimeAsync());
    });

    [Theory]
    [InlineData(Where.InProcess)]
    [InlineData(Where.TestServer)]
    public Task Children_WhenEachSleepsForItself_EndInTheirOrder(Where where) => RunAsync(where, async (env, queue) =>
    {
        var began = await env.GetCurrentTimeAsync();

        var ends = await env.Client.ExecuteWorkflowAsync(
            (FamilyWorkflow workflow) => workflow.RunAsync(), NewOptions(queue));

        for (var child = 0; child < ends.Length; child++)
        {
            Near(began + TimeSpan.FromDays(child + 1), ends[child]);
        }
    });

    [Theory]
    [InlineData(Where.InProcess)]
    [InlineData(Where.TestServer)]
    public Task Start_WhenItIsDelayedOrACron_IsSkippedTo(Where where) => RunAsync(where, async (env, queue) =>
    {
        var began = await env.GetCurrentTimeAsync();
        var delayed = NewOptions(queue);
        delayed.StartDelay = TimeSpan.FromDays(3);

        var ended = await env.Client.ExecuteWorkflowAsync(
            (SleepWorkflow workflow) => workflow.RunAsync(TimeSpan.FromHours(1)), delayed);

        Near(began + TimeSpan.FromDays(3) + TimeSpan.FromHours(1), ended);
    });

    [Theory]
    [InlineData(Where.InProcess)]
    [InlineData(Where.TestServer)]
    public Task Schedule_WhenDaysAreSkipped_StartsItsWorkflowOnEach(Where where) => RunAsync(where, async (env, queue) =>
    {
        var prefix = $"daily-{Guid.NewGuid():N}";
        var schedule = await env.Client.CreateScheduleAsync(prefix, new Schedule(
            ScheduleActionStartWorkflow.Create(
                (SleepWorkflow workflow) => workflow.RunAsync(TimeSpan.FromHours(1)), new WorkflowOptions(prefix, queue)),
            new ScheduleSpec { Intervals = [new ScheduleIntervalSpec(TimeSpan.FromDays(1))] }));

        await env.DelayAsync(TimeSpan.FromDays(3.5));

        var started = (await schedule.DescribeAsync()).Info.NumActions;
        Assert.InRange(started, 3, 4);
        await schedule.DeleteAsync();
        var listed = await env.Client.CountWorkflowsAsync(
            $"WorkflowId STARTS_WITH '{prefix}' AND ExecutionStatus = 'Completed'");
        Assert.InRange(listed.Count, 3, 4);
    });

    [Theory]
    [InlineData(Where.InProcess)]
    [InlineData(Where.TestServer)]
    public Task Timeout_WhenNoWorkerIsThere_IsSkippedTo(Where where) => RunAsync(where, async (env, _) =>
    {
        var options = NewOptions("nobody");
        options.RunTimeout = TimeSpan.FromDays(1);

        var failure = await Assert.ThrowsAsync<WorkflowFailedException>(() => env.Client.ExecuteWorkflowAsync(
            (SleepWorkflow workflow) => workflow.RunAsync(TimeSpan.FromHours(1)), options));

        Assert.IsType<TimeoutFailureException>(failure.InnerException);
    });

    private static WorkflowOptions NewOptions(string queue) => new($"workflow-{Guid.NewGuid():N}", queue);

    private static void Near(DateTime expected, DateTime actual) => Assert.True(
        (expected - actual).Duration() < Nearly, $"{actual:O} is not near {expected:O}.");

    private async Task RunAsync(Where where, Func<WorkflowEnvironment, string, Task> test)
    {
        if (where == Where.TestServer)
        {
            await RunAsync(server.Environment, test);
            return;
        }

        await using var environment = await EngineEnvironment.StartAsync();
        await RunAsync(environment, test);
    }

    private static async Task RunAsync(WorkflowEnvironment env, Func<WorkflowEnvironment, string, Task> test)
    {
        var queue = $"queue-{Guid.NewGuid():N}";
        using var worker = new TemporalWorker(env.Client, new TemporalWorkerOptions(queue)
            .AddWorkflow<SleepWorkflow>()
            .AddWorkflow<HeartbeatWorkflow>()
            .AddWorkflow<RetryWorkflow>()
            .AddWorkflow<RaceWorkflow>()
            .AddWorkflow<FamilyWorkflow>()
            .AddAllActivities(typeof(FailingActivities), null)
            .AddAllActivities(new SleepActivities(env)));
        await worker.ExecuteAsync(() => test(env, queue).WaitAsync(Patience));
    }
}
