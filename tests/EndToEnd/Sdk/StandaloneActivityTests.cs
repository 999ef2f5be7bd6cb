using Temporalio.Activities;
using Temporalio.Api.Enums.V1;
using Temporalio.Client;
using Temporalio.Common;
using Temporalio.Exceptions;

namespace AugmentedOS.EndToEnd.Sdk;

/// <summary>Activities that a client starts itself, with the official client and worker.</summary>
public sealed class StandaloneActivityTests(SdkEngine engine)
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly string _id = SdkEngine.NewName("activity");

    [Fact]
    public Task Activity_WhenItReturns_HasItsResult() => WithWorkerAsync(async (queue, _) =>
    {
        var result = await engine.Client.ExecuteActivityAsync(
            () => Works.EchoAsync("hello"),
            new(_id, queue) { ScheduleToCloseTimeout = Minute, Summary = "greets" });
        var description = await engine.Client.GetActivityHandle(_id).DescribeAsync();

        Assert.Equal("echo hello", result);
        Assert.Equal(ActivityExecutionStatus.Completed, description.Status);
        Assert.Equal("greets", await description.GetSummaryAsync());
    });

    [Fact]
    public Task Activity_WhenItRuns_KnowsThatNoWorkflowScheduledIt() => WithWorkerAsync(async (queue, _) =>
    {
        var handle = await engine.Client.StartActivityAsync(
            () => Works.DescribeItselfAsync(), new(_id, queue) { StartToCloseTimeout = Minute });

        Assert.Equal($"{_id} of no workflow", await handle.GetResultAsync());
    });

    [Fact]
    public Task Activity_WhenItFailsTwice_IsTriedAgain() => WithWorkerAsync(async (queue, _) =>
        Assert.Equal(3, await engine.Client.ExecuteActivityAsync(
            () => Works.FailUntilThirdAsync(),
            new(_id, queue)
            {
                StartToCloseTimeout = Minute,
                RetryPolicy = new RetryPolicy { InitialInterval = TimeSpan.FromMilliseconds(10) },
            })));

    [Fact]
    public Task Activity_WhenItFailsForGood_ThrowsWhatItThrew() => WithWorkerAsync(async (queue, _) =>
    {
        var handle = await engine.Client.StartActivityAsync(
            () => Works.FailUntilThirdAsync(),
            new(_id, queue) { StartToCloseTimeout = Minute, RetryPolicy = new RetryPolicy { MaximumAttempts = 1 } });

        var failure = await Assert.ThrowsAsync<ActivityFailedException>(() => handle.GetResultAsync());

        Assert.Equal("not yet", Assert.IsType<ApplicationFailureException>(failure.InnerException).Message);
    });

    [Fact]
    public Task Activity_WhenItTakesTooLong_HasTimedOut() => WithWorkerAsync(async (queue, _) =>
    {
        var handle = await engine.Client.StartActivityAsync(
            () => Works.EchoAsync("nobody"),
            new(_id, $"{queue}-nobody")
            {
                ScheduleToStartTimeout = TimeSpan.FromMilliseconds(200),
                StartToCloseTimeout = Minute,
            });

        var failure = await Assert.ThrowsAsync<ActivityFailedException>(() => handle.GetResultAsync());

        Assert.Equal(
            TimeoutType.ScheduleToStart, Assert.IsType<TimeoutFailureException>(failure.InnerException).TimeoutType);
    });

    [Fact]
    public Task Cancel_WhenItRuns_CancelsIt() => WithWorkerAsync(async (queue, works) =>
    {
        var handle = await engine.Client.StartActivityAsync(
            "WaitForCancel",
            [],
            new(_id, queue) { StartToCloseTimeout = Minute, HeartbeatTimeout = TimeSpan.FromSeconds(10) });
        await works.Waiting.Task;

        await handle.CancelAsync(new() { Reason = "enough" });

        var failure = await Assert.ThrowsAsync<ActivityFailedException>(() => handle.GetResultAsync());
        Assert.IsType<CanceledFailureException>(failure.InnerException);
        Assert.Equal(ActivityExecutionStatus.Canceled, (await handle.DescribeAsync()).Status);
    });

    [Fact]
    public async Task Start_WhenTheIdIsInUse_NamesTheRun()
    {
        var options = new StartActivityOptions(_id, SdkEngine.NewName("nobody")) { ScheduleToCloseTimeout = Minute };
        var handle = await engine.Client.StartActivityAsync(() => Works.EchoAsync("x"), options);

        var failure = await Assert.ThrowsAsync<ActivityAlreadyStartedException>(
            () => engine.Client.StartActivityAsync(() => Works.EchoAsync("x"), options));
        await handle.TerminateAsync(new() { Reason = "enough" });

        Assert.Equal(handle.RunId, failure.RunId);
        Assert.Equal(ActivityExecutionStatus.Terminated, (await handle.DescribeAsync()).Status);
    }

    [Fact]
    public Task List_WhenItIsLong_HasPages() => WithWorkerAsync(async (queue, _) =>
    {
        for (var number = 0; number < 3; number++)
        {
            await engine.Client.ExecuteActivityAsync(
                () => Works.EchoAsync("x"), new($"{_id}-{number}", queue) { ScheduleToCloseTimeout = Minute });
        }

        var query = $"TaskQueue = '{queue}' AND ExecutionStatus = 'Completed'";
        var first = await engine.Client.ListActivitiesPaginatedAsync(query, null, new() { PageSize = 2 });
        var second = await engine.Client.ListActivitiesPaginatedAsync(query, first.NextPageToken, new() { PageSize = 2 });

        Assert.Equal((2, 1), (first.Activities.Count, second.Activities.Count));
        Assert.Null(second.NextPageToken);
        Assert.Equal(3, (await engine.Client.CountActivitiesAsync(query)).Count);
    });

    private Task WithWorkerAsync(Func<string, Works, Task> body)
    {
        var works = new Works();
        return engine.WithWorkerAsync(options => options.AddAllActivities(works), queue => body(queue, works));
    }

    private sealed class Works
    {
        public TaskCompletionSource Waiting { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        [Activity]
        public static Task<string> EchoAsync(string text) => Task.FromResult($"echo {text}");

        [Activity]
        public static Task<string> DescribeItselfAsync()
        {
            var info = ActivityExecutionContext.Current.Info;
            return Task.FromResult($"{info.ActivityId} of {(info.IsWorkflowActivity ? "a" : "no")} workflow");
        }

        [Activity]
        public static Task<int> FailUntilThirdAsync() => ActivityExecutionContext.Current.Info.Attempt < 3
            ? throw new ApplicationFailureException("not yet")
            : Task.FromResult(ActivityExecutionContext.Current.Info.Attempt);

        [Activity]
        public async Task WaitForCancelAsync()
        {
            var context = ActivityExecutionContext.Current;
            Waiting.TrySetResult();
            using var beat = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
            while (await beat.WaitForNextTickAsync(context.CancellationToken))
            {
                context.Heartbeat();
            }
        }
    }
}
