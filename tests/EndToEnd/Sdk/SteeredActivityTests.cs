using Google.Protobuf.WellKnownTypes;
using Temporalio.Api.Activity.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.Workflow.V1;
using Temporalio.Api.WorkflowService.V1;
using Temporalio.Client;
using static AugmentedOS.EndToEnd.Sdk.SteeredWorkflow;
using WorkflowExecution = Temporalio.Api.Common.V1.WorkflowExecution;

namespace AugmentedOS.EndToEnd.Sdk;

/// <summary>Activities that an operator pauses, resets and changes while workers of the official SDK have them.</summary>
public sealed class SteeredActivityTests(SdkEngine engine)
{
    private const string Id = "steered";

    private static readonly Plan Patient = new() { RetryAfter = TimeSpan.FromHours(1) };

    private readonly Steered _activity = new();

    private WorkflowService Service => engine.Client.WorkflowService;

    [Fact]
    public Task Pause_WhenAnAttemptRuns_TellsItAndKeepsTheNextUntilUnpaused() => WithWorkerAsync(async queue =>
    {
        var handle = await StartAsync(queue, "heartbeat");
        await _activity.Started.Task;
        await PauseAsync(handle, request => request.Id = Id);

        Assert.Equal("paused", await _activity.Told.Task);
        var paused = await UntilAsync(handle, pending => pending.State == PendingActivityState.Paused);
        Assert.True(paused.Paused);
        Assert.Equal(("me", "to look at it"), (paused.PauseInfo.Manual.Identity, paused.PauseInfo.Manual.Reason));
        Assert.Equal("beat", paused.HeartbeatDetails.Payloads_[0].Data.ToStringUtf8().Trim('"'));
        await Service.UnpauseActivityAsync(new() { Namespace = "default", Execution = Execution(handle), Id = Id });

        Assert.Equal("attempt 2 after beat", await handle.GetResultAsync());
    });

    [Fact]
    public async Task Pause_WhenNoWorkerHasIt_KeepsItFromWorkersUntilItsTypeIsUnpaused()
    {
        var (queue, later) = (SdkEngine.NewName("queue"), SdkEngine.NewName("later"));
        using var deciding = engine.NewWorker(queue, options => options.AddWorkflow<SteeredWorkflow>());
        using var working = engine.NewWorker(later, options => options.AddAllActivities(_activity));
        await deciding.ExecuteAsync(async () =>
        {
            var handle = await StartAsync(queue, "say", new Plan { Queue = later });
            await UntilAsync(handle, pending => pending.State == PendingActivityState.Scheduled);
            await PauseAsync(handle, request => request.Type = nameof(Steered.Steer));
            await working.ExecuteAsync(async () =>
            {
                // Another one, behind it in the queue: when that is done, this one was passed over.
                var next = await StartAsync(queue, "say", new Plan { Queue = later });
                Assert.Equal("attempt 1 after nothing", await next.GetResultAsync());
                var kept = await UntilAsync(handle, _ => true);
                await Service.UnpauseActivityAsync(new()
                {
                    Namespace = "default",
                    Execution = Execution(handle),
                    Type = nameof(Steered.Steer),
                });

                Assert.Equal((PendingActivityState.Paused, 1), (kept.State, kept.Attempt));
                Assert.Equal("attempt 1 after nothing", await handle.GetResultAsync());
            });
        }).WaitAsync(SdkEngine.Patience);
    }

    [Theory]
    [InlineData(false, "attempt 1 after beat")]
    [InlineData(true, "attempt 1 after nothing")]
    public Task Reset_WhenItBacksOff_BeginsAgainAtOnce(bool forgetsHeartbeat, string result) =>
        WithWorkerAsync(async queue =>
        {
            var handle = await StartAsync(queue, "fail once", Patient);
            await UntilAsync(handle, pending => pending is { State: PendingActivityState.Scheduled, Attempt: 2 });

            await Service.ResetActivityAsync(new()
            {
                Namespace = "default",
                Execution = Execution(handle),
                Id = Id,
                ResetHeartbeat = forgetsHeartbeat,
            });

            Assert.Equal(result, await handle.GetResultAsync());
        });

    [Fact]
    public Task Reset_WhenAnAttemptRuns_TellsItAndCountsFromIt() => WithWorkerAsync(async queue =>
    {
        var handle = await StartAsync(queue, "heartbeat");
        await _activity.Started.Task;

        await Service.ResetActivityAsync(new()
        {
            Namespace = "default",
            Execution = Execution(handle),
            Id = Id,
            ResetHeartbeat = true,
        });

        Assert.Equal("reset", await _activity.Told.Task);
        Assert.Equal("attempt 2 after nothing", await handle.GetResultAsync());
    });

    [Fact]
    public async Task Options_WhenItsTaskQueueChanges_TakeItThere()
    {
        var (queue, elsewhere) = (SdkEngine.NewName("queue"), SdkEngine.NewName("elsewhere"));
        using var deciding = engine.NewWorker(queue, options => options.AddWorkflow<SteeredWorkflow>());
        using var working = engine.NewWorker(elsewhere, options => options.AddAllActivities(_activity));
        await deciding.ExecuteAsync(() => working.ExecuteAsync(async () =>
        {
            var handle = await StartAsync(queue, "say", new Plan { Queue = SdkEngine.NewName("nobody") });
            await UntilAsync(handle, pending => pending.State == PendingActivityState.Scheduled);

            var changed = await ChangeAsync(
                handle, new() { TaskQueue = new() { Name = elsewhere } }, "task_queue.name");

            Assert.Equal(elsewhere, changed.TaskQueue.Name);
            Assert.Equal("attempt 1 after nothing", await handle.GetResultAsync());
        })).WaitAsync(SdkEngine.Patience);
    }

    [Fact]
    public Task Options_WhenTheyChangeWhileItBacksOff_HoldForTheNextAttemptAndCanBeRestored() =>
        WithWorkerAsync(async queue =>
        {
            var handle = await StartAsync(queue, "fail once", Patient);
            var before = await UntilAsync(handle, pending => pending.Attempt == 2);

            var longer = await ChangeAsync(
                handle, new() { StartToCloseTimeout = Duration.FromTimeSpan(TimeSpan.FromHours(2)) },
                "startToCloseTimeout");
            var restored = (await Service.UpdateActivityOptionsAsync(new()
            {
                Namespace = "default",
                Execution = Execution(handle),
                Id = Id,
                RestoreOriginal = true,
            })).ActivityOptions;
            await ChangeAsync(
                handle,
                new() { RetryPolicy = new() { InitialInterval = Duration.FromTimeSpan(TimeSpan.FromMilliseconds(1)) } },
                "retry_policy.initial_interval");

            Assert.Equal("fails once", before.LastFailure.Message);
            Assert.Equal(TimeSpan.FromHours(2), longer.StartToCloseTimeout.ToTimeSpan());
            Assert.Equal(TimeSpan.FromMinutes(1), restored.StartToCloseTimeout.ToTimeSpan());
            Assert.Equal("attempt 2 after beat", await handle.GetResultAsync());
        });

    private static WorkflowExecution Execution(WorkflowHandle handle) => new() { WorkflowId = handle.Id };

    /// <summary>Waits until the pending activity is as wanted.</summary>
    private static async Task<PendingActivityInfo> UntilAsync(
        WorkflowHandle handle, Func<PendingActivityInfo, bool> isWanted)
    {
        while (true)
        {
            var pending = (await SdkEngine.DescribeRawAsync(handle)).PendingActivities.SingleOrDefault();
            if (pending is not null && isWanted(pending))
            {
                return pending;
            }

            await Task.Delay(20);
        }
    }

    private async Task PauseAsync(WorkflowHandle handle, Action<PauseActivityRequest> select)
    {
        var request = new PauseActivityRequest
        {
            Namespace = "default",
            Execution = Execution(handle),
            Identity = "me",
            Reason = "to look at it",
        };
        select(request);
        await Service.PauseActivityAsync(request);
    }

    private async Task<ActivityOptions> ChangeAsync(WorkflowHandle handle, ActivityOptions options, string path) =>
        (await Service.UpdateActivityOptionsAsync(new()
        {
            Namespace = "default",
            Execution = Execution(handle),
            Id = Id,
            ActivityOptions = options,
            UpdateMask = new() { Paths = { path } },
        })).ActivityOptions;

    private Task<WorkflowHandle<SteeredWorkflow, string>> StartAsync(string queue, string how, Plan? plan = null) =>
        engine.Client.StartWorkflowAsync(
            (SteeredWorkflow workflow) => workflow.RunAsync(how, plan ?? new Plan()),
            new(SdkEngine.NewName("steered"), queue));

    private Task WithWorkerAsync(Func<string, Task> body) => engine.WithWorkerAsync(
        options =>
        {
            options.MaxHeartbeatThrottleInterval = TimeSpan.FromMilliseconds(50);
            options.AddWorkflow<SteeredWorkflow>().AddAllActivities(_activity);
        },
        body);
}
