using AugmentedOS.Engine.Tests.Api;
using Google.Protobuf.WellKnownTypes;
using Temporalio.Api.Batch.V1;
using Temporalio.Api.Command.V1;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.Workflow.V1;
using Temporalio.Api.WorkflowService.V1;
using static AugmentedOS.Engine.Tests.Batch.BatchCalls;

namespace AugmentedOS.Engine.Tests.Batch;

/// <summary>What batch operations do to the runs they meet: resets, and commands to activities.</summary>
public sealed class BatchKindsTests(EngineFixture engine) : IClassFixture<EngineFixture>
{
    [Fact]
    public async Task Reset_ToTheFirstTask_BeginsOpenAndClosedRunsAnew()
    {
        using var raw = new RawEngine(engine.Address);
        var (open, closed) = (new WireWorker(engine.Client), new WireWorker(engine.Client));
        var openRun = await StartAsync(open);
        await open.StepAsync();
        var closedRun = await StartAsync(closed);
        await closed.StepAsync(WireWorker.Complete());

        var done = await RunAsync(raw, r =>
        {
            r.VisibilityQuery = $"WorkflowId IN ('{open.WorkflowId}', '{closed.WorkflowId}')";
            r.ResetOperation = new BatchOperationReset
            {
                Identity = "operator",
                Options = new ResetOptions { FirstWorkflowTask = new Empty() },
            };
        });

        Assert.Equal((BatchOperationType.Reset, "operator"), (done.OperationType, done.Identity));
        Assert.Equal((2L, 2L, 0L), (done.TotalOperationCount, done.CompleteOperationCount, done.FailureOperationCount));
        const string reset = "WorkflowExecutionStarted WorkflowTaskScheduled WorkflowTaskStarted WorkflowTaskFailed "
            + "WorkflowTaskScheduled";
        Assert.Equal(reset, await open.TranscriptAsync());
        Assert.Equal(reset, await closed.TranscriptAsync());
        var failed = (await open.HistoryAsync())[3].WorkflowTaskFailedEventAttributes;
        Assert.Equal((openRun, "because"), (failed.BaseRunId, failed.Failure.Message));
        Assert.Equal(closedRun, (await closed.HistoryAsync())[3].WorkflowTaskFailedEventAttributes.BaseRunId);
    }

    [Fact]
    public async Task Reset_ToTheLastTask_KeepsWhatCameBeforeAndAppliesOptionsAfterIt()
    {
        using var raw = new RawEngine(engine.Address);
        var worker = new WireWorker(engine.Client);
        await StartAsync(worker);
        await worker.StepAsync(WireWorker.Timer("t", TimeSpan.FromHours(1)));
        await SignalAsync(worker);
        await worker.StepAsync();

        var done = await RunAsync(raw, r =>
        {
            r.VisibilityQuery = "";
            r.TargetExecutions.Add(new Execution { Type = ExecutionType.Workflow, BusinessId = worker.WorkflowId });
            r.ResetOperation = new BatchOperationReset
            {
                Options = new ResetOptions { LastWorkflowTask = new Empty() },
                PostResetOperations =
                {
                    new PostResetOperation
                    {
                        UpdateWorkflowOptions = new()
                        {
                            WorkflowExecutionOptions = new() { Priority = new Priority { PriorityKey = 2 } },
                            UpdateMask = new FieldMask { Paths = { "priority" } },
                        },
                    },
                },
            };
        });

        Assert.Equal(1, done.CompleteOperationCount);
        Assert.Equal(
            "WorkflowExecutionStarted WorkflowTaskScheduled WorkflowTaskStarted WorkflowTaskCompleted TimerStarted "
            + "WorkflowExecutionSignaled WorkflowTaskScheduled WorkflowTaskStarted WorkflowTaskFailed "
            + "WorkflowExecutionOptionsUpdated WorkflowTaskScheduled",
            await worker.TranscriptAsync());
    }

    [Fact]
    public async Task Reset_InTheOlderForm_KeepsOnlyWhatItSays()
    {
        using var raw = new RawEngine(engine.Address);
        var worker = new WireWorker(engine.Client);
        await StartAsync(worker);
        await worker.StepAsync();
        await SignalAsync(worker);

        await RunAsync(raw, r =>
        {
            r.VisibilityQuery = $"WorkflowId = '{worker.WorkflowId}'";
#pragma warning disable CS0612 // What older clients send.
            r.ResetOperation = new BatchOperationReset
            {
                ResetType = ResetType.LastWorkflowTask,
                ResetReapplyType = ResetReapplyType.None,
            };
#pragma warning restore CS0612
        });

        Assert.Equal(
            "WorkflowExecutionStarted WorkflowTaskScheduled WorkflowTaskStarted WorkflowTaskFailed WorkflowTaskScheduled",
            await worker.TranscriptAsync());
    }

    [Fact]
    public async Task Reset_ToAnEventOrABuildThatIsNotThere_CountsAsFailed()
    {
        using var raw = new RawEngine(engine.Address);
        var worker = new WireWorker(engine.Client);
        await StartAsync(worker);
        await worker.StepAsync();

        foreach (var options in new ResetOptions[] { new() { WorkflowTaskId = 77 }, new() { BuildId = "never" } })
        {
            var done = await RunAsync(raw, r =>
            {
                r.VisibilityQuery = $"WorkflowId = '{worker.WorkflowId}'";
                r.ResetOperation = new BatchOperationReset { Options = options };
            });
            Assert.Equal((0L, 1L), (done.CompleteOperationCount, done.FailureOperationCount));
        }

        var last = await RunAsync(raw, r =>
        {
            r.VisibilityQuery = $"WorkflowId = '{worker.WorkflowId}'";
            r.ResetOperation = new BatchOperationReset { Options = new() { WorkflowTaskId = 4 } };
        });
        Assert.Equal((1L, 0L), (last.CompleteOperationCount, last.FailureOperationCount));
    }

    [Fact]
    public async Task Unpause_OfAType_LetsThoseActivitiesGoOnWhereverTheyWait()
    {
        using var raw = new RawEngine(engine.Address);
        var type = $"type-{Guid.NewGuid():N}";
        var (one, two) = (await PausedAsync(type, "other"), await PausedAsync(type));

        var done = await RunAsync(raw, r => r.UnpauseActivitiesOperation = new() { Type = type, ResetAttempts = true });

        Assert.Equal(2, done.CompleteOperationCount);
        Assert.Equal("WorkflowType = 'mine'", done.Query);
        Assert.Equal([(type, false), ("other", true)], await ActivitiesAsync(one));
        Assert.Equal([(type, false)], await ActivitiesAsync(two));
    }

    [Fact]
    public async Task Unpause_OfAll_TakesTheRunsOfItsQuery()
    {
        using var raw = new RawEngine(engine.Address);
        var (one, two) = (await PausedAsync("a", "b"), await PausedAsync("a"));

        await RunAsync(raw, r =>
        {
            r.VisibilityQuery = $"WorkflowId = '{one.WorkflowId}'";
            r.UnpauseActivitiesOperation = new() { MatchAll = true };
        });

        Assert.Equal([("a", false), ("b", false)], await ActivitiesAsync(one));
        Assert.Equal([("a", true)], await ActivitiesAsync(two));
    }

    [Fact]
    public async Task ResetOfActivities_LetsThemBeginAgain_AndPausedOnesStayAsItSays()
    {
        using var raw = new RawEngine(engine.Address);
        var worker = await PausedAsync("a");
        var elsewhere = await StartedAsync();

        var done = await RunAsync(raw, r =>
        {
            r.VisibilityQuery = $"WorkflowId IN ('{worker.WorkflowId}', '{elsewhere.WorkflowId}')";
            r.ResetActivitiesOperation = new() { MatchAll = true, KeepPaused = true, ResetHeartbeat = true };
        });

        // A run without activities needs nothing.
        Assert.Equal((2L, 0L), (done.CompleteOperationCount, done.FailureOperationCount));
        Assert.Equal([("a", true)], await ActivitiesAsync(worker));

        await RunAsync(raw, r =>
        {
            r.VisibilityQuery = $"WorkflowId = '{worker.WorkflowId}'";
            r.ResetActivitiesOperation = new() { Type = "a" };
        });
        Assert.Equal([("a", false)], await ActivitiesAsync(worker));
    }

    [Fact]
    public async Task OptionsOfActivities_AreChangedByTheMask_AndRestored()
    {
        using var raw = new RawEngine(engine.Address);
        var worker = await PausedAsync("a", "b");

        await RunAsync(raw, r =>
        {
            r.VisibilityQuery = $"WorkflowId = '{worker.WorkflowId}'";
            r.UpdateActivityOptionsOperation = new()
            {
                Type = "a",
                ActivityOptions = new() { StartToCloseTimeout = Duration.FromTimeSpan(TimeSpan.FromSeconds(7)) },
                UpdateMask = new FieldMask { Paths = { "start_to_close_timeout" } },
            };
        });
        Assert.Equal([7, 60], await TimeoutsAsync(worker));

        await RunAsync(raw, r =>
        {
            r.VisibilityQuery = $"WorkflowId = '{worker.WorkflowId}'";
            r.UpdateActivityOptionsOperation = new() { MatchAll = true, RestoreOriginal = true };
        });
        Assert.Equal([60, 60], await TimeoutsAsync(worker));
    }

    private static Task<string> StartAsync(WireWorker worker) => worker.StartAsync(r => r.WorkflowType.Name = "mine");

    private async Task<WireWorker> StartedAsync()
    {
        var worker = new WireWorker(engine.Client);
        await StartAsync(worker);
        return worker;
    }

    /// <summary>A workflow whose activities are paused before anybody works on them.</summary>
    private async Task<WireWorker> PausedAsync(params string[] types)
    {
        var worker = await StartedAsync();
        await worker.StepAsync([.. types.Select((type, index) => Activity(worker, type, index))]);
        foreach (var type in types)
        {
            await worker.Service.PauseActivityAsync(
                new PauseActivityRequest { Namespace = "default", Execution = Of(worker), Type = type });
        }

        return worker;
    }

    private static Command Activity(WireWorker worker, string type, int index)
    {
        var command = worker.Activity($"activity-{index}");
        command.ScheduleActivityTaskCommandAttributes.ActivityType.Name = type;
        return command;
    }

    private static WorkflowExecution Of(WireWorker worker) => new() { WorkflowId = worker.WorkflowId };

    private static Task<SignalWorkflowExecutionResponse> SignalAsync(WireWorker worker) => worker.Service.SignalWorkflowExecutionAsync(
        new SignalWorkflowExecutionRequest { Namespace = "default", WorkflowExecution = Of(worker), SignalName = "s" });

    private static async Task<IReadOnlyList<(string Type, bool IsPaused)>> ActivitiesAsync(WireWorker worker) =>
        [.. (await PendingAsync(worker)).Select(a => (a.ActivityType.Name, a.Paused))];

    private static async Task<IReadOnlyList<int>> TimeoutsAsync(WireWorker worker) =>
        [.. (await PendingAsync(worker)).Select(a => (int)a.ActivityOptions.StartToCloseTimeout.Seconds)];

    private static async Task<IEnumerable<PendingActivityInfo>> PendingAsync(WireWorker worker) =>
        (await worker.Service.DescribeWorkflowExecutionAsync(
            new DescribeWorkflowExecutionRequest { Namespace = "default", Execution = Of(worker) }))
        .PendingActivities.OrderBy(a => a.ActivityId);
}
