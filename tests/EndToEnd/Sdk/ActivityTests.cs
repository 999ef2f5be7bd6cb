using System.Collections.Concurrent;
using Temporalio.Activities;
using Temporalio.Api.Enums.V1;
using Temporalio.Client;
using Temporalio.Common;
using Temporalio.Exceptions;
using Temporalio.Worker;
using Temporalio.Workflows;

namespace AugmentedOS.EndToEnd.Sdk;

public sealed class ActivityTests(SdkEngine engine)
{
    private static readonly RetryPolicy Quick =
        new() { InitialInterval = TimeSpan.FromMilliseconds(10), BackoffCoefficient = 1, MaximumAttempts = 3 };

    [Fact]
    public async Task Activity_WhenItFailsTwice_IsTriedAgainAndLeavesOneStartedEvent()
    {
        var handle = await RunAsync(new ActivityOptions { StartToCloseTimeout = Minute, RetryPolicy = Quick }, "fail until 3");

        Assert.Equal("attempt 3", await handle.GetResultAsync());
        var events = (await handle.FetchHistoryAsync()).Events;
        var started = Assert.Single(events, e => e.EventType == EventType.ActivityTaskStarted);
        Assert.Equal(3, started.ActivityTaskStartedEventAttributes.Attempt);
        Assert.Equal("attempt 2 failed", started.ActivityTaskStartedEventAttributes.LastFailure.Message);
    }

    [Theory]
    [InlineData("fail until 9", RetryState.MaximumAttemptsReached, "attempt 3 failed")]
    [InlineData("fail for good", RetryState.NonRetryableFailure, "never")]
    public async Task Activity_WhenItIsNotTriedAgain_SaysWhy(string what, RetryState state, string message)
    {
        var handle = await RunAsync(new ActivityOptions { StartToCloseTimeout = Minute, RetryPolicy = Quick }, what);

        var failure = await ActivityFailureAsync(handle);

        Assert.Equal(state, failure.RetryState);
        Assert.Equal(message, Assert.IsType<ApplicationFailureException>(failure.InnerException).Message);
    }

    [Fact]
    public async Task Activity_WhenItIsTriedAgain_HasTheDetailsOfTheLastHeartbeat()
    {
        var handle = await RunAsync(
            new ActivityOptions { StartToCloseTimeout = Minute, HeartbeatTimeout = Minute, RetryPolicy = Quick },
            "heartbeat then fail");

        Assert.Equal("half way", await handle.GetResultAsync());
    }

    [Theory]
    [InlineData(TimeoutType.StartToClose)]
    [InlineData(TimeoutType.Heartbeat)]
    [InlineData(TimeoutType.ScheduleToClose)]
    public async Task Activity_WhenItsTimeIsUp_SaysWhichTime(TimeoutType type)
    {
        var brief = TimeSpan.FromMilliseconds(250);
        var handle = await RunAsync(
            new ActivityOptions
            {
                StartToCloseTimeout = type == TimeoutType.StartToClose ? brief : Minute,
                HeartbeatTimeout = type == TimeoutType.Heartbeat ? brief : null,
                ScheduleToCloseTimeout = type == TimeoutType.ScheduleToClose ? brief : null,
                RetryPolicy = new() { MaximumAttempts = 1 },
            },
            "hang");

        var failure = await ActivityFailureAsync(handle);

        Assert.Equal(type, Assert.IsType<TimeoutFailureException>(failure.InnerException).TimeoutType);
    }

    [Fact]
    public async Task Activity_WhenNobodyTakesIt_TimesOutInItsQueue()
    {
        var handle = await RunAsync(
            new ActivityOptions
            {
                TaskQueue = SdkEngine.NewName("nobody"),
                ScheduleToStartTimeout = TimeSpan.FromMilliseconds(200),
                StartToCloseTimeout = Minute,
            },
            "anything");

        var failure = await ActivityFailureAsync(handle);

        Assert.Equal(
            TimeoutType.ScheduleToStart, Assert.IsType<TimeoutFailureException>(failure.InnerException).TimeoutType);
    }

    [Fact]
    public async Task Activity_WhenTheWorkflowIsCanceled_LearnsItFromItsHeartbeat()
    {
        var works = new Works();
        await engine.WithWorkerAsync(options => Configure(options, works), async queue =>
        {
            var handle = await StartAsync(
                queue,
                new ActivityOptions
                {
                    StartToCloseTimeout = Minute,
                    HeartbeatTimeout = TimeSpan.FromSeconds(2),
                    CancellationType = ActivityCancellationType.WaitCancellationCompleted,
                },
                "heartbeat until canceled");
            await works.StartedAsync(handle.Id);
            await handle.CancelAsync();

            await Assert.ThrowsAsync<WorkflowFailedException>(() => handle.GetResultAsync());

            Assert.Contains(EventType.ActivityTaskCanceled, await SdkEngine.EventTypesAsync(handle));
        });
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Activity_WhenSomebodyElseCompletesIt_GivesThatResult(bool isById)
    {
        var works = new Works();
        await engine.WithWorkerAsync(options => Configure(options, works), async queue =>
        {
            var handle = await StartAsync(
                queue, new ActivityOptions { ActivityId = "handed-over", StartToCloseTimeout = Minute }, "hand over");
            var token = await works.StartedAsync(handle.Id);
            var activity = isById
                ? engine.Client.GetAsyncActivityHandle(handle.Id, handle.ResultRunId!, "handed-over")
                : engine.Client.GetAsyncActivityHandle(token);

            await activity.HeartbeatAsync(new() { Details = ["soon"] });
            await activity.CompleteAsync("from outside");

            Assert.Equal("from outside", await handle.GetResultAsync());
            var late = await Assert.ThrowsAsync<RpcException>(() => activity.CompleteAsync("again"));
            Assert.Equal(RpcException.StatusCode.NotFound, late.Code);
        });
    }

    [Fact]
    public async Task Describe_WhileAnActivityRuns_ShowsIt()
    {
        var works = new Works();
        await engine.WithWorkerAsync(options => Configure(options, works), async queue =>
        {
            var handle = await StartAsync(
                queue, new ActivityOptions { ActivityId = "shown", StartToCloseTimeout = Minute }, "hand over");
            await works.StartedAsync(handle.Id);

            var pending = Assert.Single((await SdkEngine.DescribeRawAsync(handle)).PendingActivities);

            Assert.Equal(
                ("shown", nameof(Works.Work), PendingActivityState.Started, 1),
                (pending.ActivityId, pending.ActivityType.Name, pending.State, pending.Attempt));
            Assert.NotNull(pending.LastStartedTime);
            Assert.DoesNotContain(EventType.ActivityTaskStarted, await SdkEngine.EventTypesAsync(handle));
            await handle.TerminateAsync();
        });
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Activities_WhenTheWorkerIsEagerOrNot_AllRun(bool isEager)
    {
        var works = new Works();
        await engine.WithWorkerAsync(
            options => Configure(options, works).DisableEagerActivityExecution = !isEager,
            async queue => Assert.Equal(
                30,
                await engine.Client.ExecuteWorkflowAsync(
                    (FanWorkflow fan) => fan.RunAsync(30), new(SdkEngine.NewName("fan"), queue))));
    }

    private static TimeSpan Minute => TimeSpan.FromMinutes(1);

    private static TemporalWorkerOptions Configure(TemporalWorkerOptions options, Works works) =>
        options.AddWorkflow<WorkWorkflow>().AddWorkflow<FanWorkflow>().AddAllActivities(works);

    private static async Task<ActivityFailureException> ActivityFailureAsync(WorkflowHandle handle)
    {
        var failed = await Assert.ThrowsAsync<WorkflowFailedException>(() => handle.GetResultAsync<string>());
        return Assert.IsType<ActivityFailureException>(failed.InnerException);
    }

    private async Task<WorkflowHandle<WorkWorkflow, string>> RunAsync(ActivityOptions options, string what)
    {
        WorkflowHandle<WorkWorkflow, string> handle = null!;
        await engine.WithWorkerAsync(worker => Configure(worker, new Works()), async queue =>
        {
            handle = await StartAsync(queue, options, what);
            await handle.GetResultAsync().ContinueWith(_ => { }, TaskScheduler.Default);
        });
        return handle;
    }

    private Task<WorkflowHandle<WorkWorkflow, string>> StartAsync(string queue, ActivityOptions options, string what) =>
        engine.Client.StartWorkflowAsync(
            (WorkWorkflow work) => work.RunAsync(what, Plan.From(options)), new(SdkEngine.NewName("work"), queue));

    /// <summary>The options that a test chooses, as they travel to the workflow.</summary>
    public sealed record Plan(
        string? ActivityId,
        string? TaskQueue,
        TimeSpan? StartToClose,
        TimeSpan? ScheduleToClose,
        TimeSpan? ScheduleToStart,
        TimeSpan? Heartbeat,
        ActivityCancellationType Cancellation,
        int MaximumAttempts)
    {
        public static Plan From(ActivityOptions options) => new(
            options.ActivityId,
            options.TaskQueue,
            options.StartToCloseTimeout,
            options.ScheduleToCloseTimeout,
            options.ScheduleToStartTimeout,
            options.HeartbeatTimeout,
            options.CancellationType,
            options.RetryPolicy?.MaximumAttempts ?? 1);

        public ActivityOptions ToOptions() => new()
        {
            ActivityId = ActivityId,
            TaskQueue = TaskQueue,
            StartToCloseTimeout = StartToClose,
            ScheduleToCloseTimeout = ScheduleToClose,
            ScheduleToStartTimeout = ScheduleToStart,
            HeartbeatTimeout = Heartbeat,
            CancellationType = Cancellation,
            RetryPolicy = new()
            {
                InitialInterval = TimeSpan.FromMilliseconds(10),
                BackoffCoefficient = 1,
                MaximumAttempts = MaximumAttempts,
            },
        };
    }

    [Workflow]
    public sealed class WorkWorkflow
    {
        [WorkflowRun]
        public Task<string> RunAsync(string what, Plan plan) =>
            Workflow.ExecuteActivityAsync((Works works) => works.WorkAsync(what), plan.ToOptions());
    }

    [Workflow]
    public sealed class FanWorkflow
    {
        [WorkflowRun]
        public async Task<int> RunAsync(int width)
        {
            var done = await Workflow.WhenAllAsync(Enumerable.Range(0, width).Select(_ => Workflow.ExecuteActivityAsync(
                (Works works) => works.WorkAsync("fail until 1"), new() { StartToCloseTimeout = TimeSpan.FromMinutes(1) })));
            return done.Length;
        }
    }

    public sealed class Works
    {
        private readonly ConcurrentDictionary<string, TaskCompletionSource<byte[]>> _started = new();

        public Task<byte[]> StartedAsync(string workflowId) => Started(workflowId).Task;

        [Activity(nameof(Work))]
        public async Task<string> WorkAsync(string what)
        {
            var context = ActivityExecutionContext.Current;
            Started(context.Info.WorkflowId!).TrySetResult(context.Info.TaskToken);
            if (what.StartsWith("fail until ", StringComparison.Ordinal))
            {
                return context.Info.Attempt >= int.Parse(what["fail until ".Length..])
                    ? $"attempt {context.Info.Attempt}"
                    : throw new InvalidOperationException($"attempt {context.Info.Attempt} failed");
            }

            return what switch
            {
                "fail for good" => throw new ApplicationFailureException("never", nonRetryable: true),
                "heartbeat then fail" => await HeartbeatThenFailAsync(context),
                "hand over" => throw new CompleteAsyncException(),
                "heartbeat until canceled" => await HeartbeatAsync(context),
                "hang" => await HangAsync(context),
                _ => throw new ArgumentException(what),
            };
        }

        /// <summary>The name of the activity's type.</summary>
        public static string Work => nameof(Work);

        private static async Task<string> HeartbeatThenFailAsync(ActivityExecutionContext context)
        {
            if (context.Info.HeartbeatDetails.Count > 0)
            {
                return await context.Info.HeartbeatDetailAtAsync<string>(0);
            }

            context.Heartbeat("half way");
            throw new InvalidOperationException("half way only");
        }

        private static async Task<string> HeartbeatAsync(ActivityExecutionContext context)
        {
            using var pulse = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
            while (await pulse.WaitForNextTickAsync(context.CancellationToken))
            {
                context.Heartbeat();
            }

            return "never";
        }

        private static async Task<string> HangAsync(ActivityExecutionContext context)
        {
            await Task.Delay(TimeSpan.FromSeconds(30), context.WorkerShutdownToken);
            return "never";
        }

        private TaskCompletionSource<byte[]> Started(string workflowId) => _started.GetOrAdd(
            workflowId, _ => new TaskCompletionSource<byte[]>(TaskCreationOptions.RunContinuationsAsynchronously));
    }
}
