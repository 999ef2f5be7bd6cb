using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Temporalio.Api.Activity.V1;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.WorkflowService.V1;

namespace AugmentedOS.Engine.Tests.Api.Activities;

/// <summary>Activities without a workflow on the wire.</summary>
public sealed class StandaloneActivityRpcsTests : IClassFixture<EngineFixture>, IDisposable
{
    private readonly RawEngine _raw;
    private readonly ActivityClient _activity;

    public StandaloneActivityRpcsTests(EngineFixture engine)
    {
        _raw = new RawEngine(engine.Address);
        _activity = new ActivityClient(_raw);
    }

    public void Dispose() => _raw.Dispose();

    [Fact]
    public async Task Activity_WhenItIsDone_HasItsResult()
    {
        var started = await _activity.StartAsync();
        await _activity.CompleteAsync(await _activity.TakeAsync());

        var polled = await _activity.PollAsync();
        var described = await _activity.DescribeAsync(full: true);

        Assert.True(started.Started);
        Assert.Equal(
            new Link.Types.Activity { Namespace = "default", ActivityId = _activity.Id, RunId = started.RunId },
            started.Link.Activity);
        Assert.Equal((started.RunId, ActivityClient.Text("result")), (polled.RunId, polled.Outcome.Result));
        Assert.Equal(ActivityExecutionStatus.Completed, described.Info.Status);
        Assert.Equal(PendingActivityState.Unspecified, described.Info.RunState);
        Assert.Equal(ActivityClient.Text("result"), described.Outcome.Result);
        Assert.Equal(ActivityClient.Text("input"), described.Input);
        Assert.NotNull(described.Info.CloseTime);
        Assert.NotNull(described.Info.ExecutionDuration);
    }

    [Fact]
    public async Task Task_WhenTaken_NamesNoWorkflow()
    {
        var started = await _activity.StartAsync(request =>
        {
            request.Priority = new Priority { PriorityKey = 2 };
            request.HeartbeatTimeout = Duration.FromTimeSpan(TimeSpan.FromSeconds(20));
            request.Header = new Header { Fields = { ["h"] = new Payload() } };
        });

        var task = await _activity.TakeAsync();

        Assert.Equal((_activity.Id, started.RunId, "default"), (
            task.ActivityId, task.ActivityRunId, task.WorkflowNamespace));
        Assert.Null(task.WorkflowType);
        Assert.Null(task.WorkflowExecution);
        Assert.Equal((1, 2, "Work"), (task.Attempt, task.Priority.PriorityKey, task.ActivityType.Name));
        Assert.Equal(task.ScheduledTime, task.CurrentAttemptScheduledTime);
        Assert.Equal(TimeSpan.FromSeconds(20), task.HeartbeatTimeout.ToTimeSpan());
        Assert.Equal(1, task.RetryPolicy.InitialInterval.Seconds);
        Assert.Contains("h", task.Header.Fields.Keys);
        Assert.Equal(ActivityClient.Text("input"), task.Input);
    }

    [Fact]
    public async Task Start_WhenEager_AnswersWithTheTask()
    {
        var started = await _activity.StartAsync(request => request.RequestEagerExecution = true);
        await _activity.CompleteAsync(started.EagerActivityTask);

        Assert.Equal(started.RunId, started.EagerActivityTask.ActivityRunId);
        Assert.Equal(ActivityClient.Text("result"), (await _activity.PollAsync()).Outcome.Result);
        Assert.True((await _activity.DescribeAsync()).Info.EagerExecutionAccepted);
    }

    [Fact]
    public async Task Describe_WhenAWorkerHasIt_ShowsTheAttemptAndOnlyWhatWasAskedFor()
    {
        await _activity.StartAsync();
        var task = await _activity.TakeAsync();
        await _activity.HeartbeatAsync(task);

        var brief = await _activity.DescribeAsync();
        var full = await _activity.DescribeAsync(full: true);

        Assert.Equal(PendingActivityState.Started, brief.Info.RunState);
        Assert.Equal(("worker", "wire", "1.2", 1L), (
            brief.Info.LastWorkerIdentity, brief.Info.SdkName, brief.Info.SdkVersion, brief.Info.TotalHeartbeatCount));
        Assert.NotNull(brief.Info.LastStartedTime);
        Assert.Null(brief.Input);
        Assert.Null(brief.Info.HeartbeatDetails);
        Assert.Null(brief.Outcome);
        Assert.Equal(ActivityClient.Text("half"), full.Info.HeartbeatDetails);
        Assert.Null(full.Outcome);
    }

    [Fact]
    public async Task Describe_WhenItWaitsForARetry_ShowsWhenAndWhy()
    {
        await _activity.StartAsync(request => request.RetryPolicy = new RetryPolicy
        {
            InitialInterval = Duration.FromTimeSpan(TimeSpan.FromMinutes(1)),
        });
        await _activity.FailAsync(await _activity.TakeAsync());

        var info = (await _activity.DescribeAsync(full: true)).Info;

        Assert.Equal((2, "no"), (info.Attempt, info.LastFailure.Message));
        Assert.Equal(TimeSpan.FromMinutes(1), info.CurrentRetryInterval.ToTimeSpan());
        Assert.Equal(
            info.LastAttemptCompleteTime.ToDateTime() + TimeSpan.FromMinutes(1), info.NextAttemptScheduleTime.ToDateTime());
        Assert.Null((await _activity.DescribeAsync()).Info.LastFailure);
    }

    [Fact]
    public async Task Describe_WithAToken_WaitsForWhatComes()
    {
        var started = await _activity.StartAsync();
        var request = _activity.NewDescribe();
        request.RunId = started.RunId;
        request.LongPollToken = (await _activity.DescribeAsync()).LongPollToken;

        var waiting = _raw.CallAsync<DescribeActivityExecutionResponse>(request);
        var task = await _activity.TakeAsync();

        Assert.Equal(PendingActivityState.Started, (await waiting).Info.RunState);
        await _activity.CompleteAsync(task);
        Assert.Equal(
            ActivityExecutionStatus.Completed,
            (await _raw.CallAsync<DescribeActivityExecutionResponse>(request)).Info.Status);
    }

    [Fact]
    public async Task Poll_WhenTheCallerMustGo_IsEmptyAndNoError()
    {
        await _activity.StartAsync();

        var polled = await _raw.CallAsync<PollActivityExecutionResponse>(
            new PollActivityExecutionRequest { Namespace = "default", ActivityId = _activity.Id },
            TimeSpan.FromMilliseconds(1500));

        Assert.Equal(new PollActivityExecutionResponse(), polled);
    }

    [Fact]
    public async Task StartDelay_WhenSet_IsShown()
    {
        await _activity.StartAsync(request => request.StartDelay = Duration.FromTimeSpan(TimeSpan.FromMinutes(5)));

        var info = (await _activity.DescribeAsync()).Info;

        Assert.Equal(TimeSpan.FromMinutes(5), info.StartDelay.ToTimeSpan());
        Assert.Equal(info.ScheduleTime.ToDateTime() + TimeSpan.FromMinutes(5), info.ExecutionTime.ToDateTime());
        Assert.Equal(info.ExecutionTime, info.NextAttemptScheduleTime);
        Assert.Equal(PendingActivityState.Scheduled, info.RunState);
        Assert.Null(info.CurrentRetryInterval);
    }

    [Fact]
    public async Task Cancel_WhenAWorkerHasIt_ReachesItWithAHeartbeat()
    {
        await _activity.StartAsync();
        var task = await _activity.TakeAsync();
        await _raw.CallAsync<RequestCancelActivityExecutionResponse>(new RequestCancelActivityExecutionRequest
        {
            Namespace = "default",
            ActivityId = _activity.Id,
            Reason = "enough",
            Identity = "client",
        });

        var heartbeat = await _activity.HeartbeatAsync(task);
        var info = (await _activity.DescribeAsync()).Info;
        await _raw.CallAsync<RespondActivityTaskCanceledResponse>(new RespondActivityTaskCanceledRequest
        {
            Namespace = "default",
            TaskToken = task.TaskToken,
            Details = ActivityClient.Text("stopped"),
        });

        Assert.True(heartbeat.CancelRequested);
        Assert.Equal((PendingActivityState.CancelRequested, "enough"), (info.RunState, info.CanceledReason));
        Assert.Equal(
            ActivityClient.Text("stopped"), (await _activity.PollAsync()).Outcome.Failure.CanceledFailureInfo.Details);
    }

    [Fact]
    public async Task Terminate_WhenItRuns_EndsItWithTheReason()
    {
        await _activity.StartAsync();
        await _raw.CallAsync<TerminateActivityExecutionResponse>(new TerminateActivityExecutionRequest
        {
            Namespace = "default",
            ActivityId = _activity.Id,
            Reason = "enough",
            Identity = "operator",
        });

        var outcome = (await _activity.PollAsync()).Outcome;

        Assert.Equal(("enough", "operator"), (outcome.Failure.Message, outcome.Failure.TerminatedFailureInfo.Identity));
        Assert.Equal(ActivityExecutionStatus.Terminated, (await _activity.DescribeAsync()).Info.Status);
    }

    [Fact]
    public async Task Delete_WhenItRuns_RemovesIt()
    {
        await _activity.StartAsync();

        await _raw.CallAsync<DeleteActivityExecutionResponse>(
            new DeleteActivityExecutionRequest { Namespace = "default", ActivityId = _activity.Id });

        await _activity.RefusedAsync(
            _activity.NewDescribe(), StatusCode.NotFound, $"activity not found for ID: {_activity.Id}");
    }

    [Fact]
    public async Task ById_WhenNoWorkflowIsNamed_MeansTheActivityWithoutOne()
    {
        var started = await _activity.StartAsync();
        await _activity.TakeAsync();
        var heartbeat = await _raw.CallAsync<RecordActivityTaskHeartbeatByIdResponse>(
            new RecordActivityTaskHeartbeatByIdRequest
            {
                Namespace = "default",
                ActivityId = _activity.Id,
                RunId = started.RunId,
                Details = ActivityClient.Text("x"),
            });
        await _activity.RefusedAsync(
            new RespondActivityTaskCanceledByIdRequest { Namespace = "default", ActivityId = _activity.Id },
            StatusCode.InvalidArgument,
            "unable to mark activity as canceled without activity being request canceled first");

        await _raw.CallAsync<RespondActivityTaskFailedByIdResponse>(new RespondActivityTaskFailedByIdRequest
        {
            Namespace = "default",
            ActivityId = _activity.Id,
            Failure = new() { Message = "no", ApplicationFailureInfo = new() { NonRetryable = true } },
        });

        Assert.False(heartbeat.CancelRequested);
        Assert.Equal("no", (await _activity.PollAsync()).Outcome.Failure.Message);
        await _activity.RefusedAsync(
            new RespondActivityTaskCompletedByIdRequest { Namespace = "default", ActivityId = _activity.Id },
            StatusCode.NotFound,
            $"activity not found for ID: {_activity.Id}");
    }

    [Fact]
    public async Task List_WhenAsked_FindsActivitiesAndNoWorkflowListDoes()
    {
        var started = await _activity.StartAsync();
        var query = $"ActivityId = '{_activity.Id}' AND ActivityType = 'Work' AND TaskQueue = '{_activity.Queue}'";

        var listed = await ListAsync(query);
        var workflows = await _raw.CallAsync<ListWorkflowExecutionsResponse>(
            new ListWorkflowExecutionsRequest { Namespace = "default", Query = $"WorkflowId = '{_activity.Id}'" });

        var found = Assert.Single(listed.Executions);
        Assert.Equal((_activity.Id, started.RunId, "Work", _activity.Queue), (
            found.ActivityId, found.RunId, found.ActivityType.Name, found.TaskQueue));
        Assert.Equal(ActivityExecutionStatus.Running, found.Status);
        Assert.NotNull(found.ExecutionTime);
        Assert.Empty(found.SearchAttributes.IndexedFields);
        Assert.Empty(workflows.Executions);
        Assert.Empty(listed.NextPageToken);
    }

    [Fact]
    public async Task List_WhenOptionsChange_FollowsTheQueueAndThePause()
    {
        await _activity.StartAsync();
        await UpdateAsync(new ActivityOptions { TaskQueue = new() { Name = $"{_activity.Queue}-2" } }, "taskQueue.name");
        await _raw.CallAsync<PauseActivityExecutionResponse>(new PauseActivityExecutionRequest
        {
            Namespace = "default",
            ActivityId = _activity.Id,
        });

        var counted = await _raw.CallAsync<CountActivityExecutionsResponse>(new CountActivityExecutionsRequest
        {
            Namespace = "default",
            Query = $"TaskQueue = '{_activity.Queue}-2' GROUP BY ExecutionStatus",
        });

        var group = Assert.Single(counted.Groups);
        Assert.Equal((1L, "\"Paused\""), (group.Count, group.GroupValues[0].Data.ToStringUtf8()));
        Assert.Empty((await ListAsync($"TaskQueue = '{_activity.Queue}'")).Executions);
        Assert.Equal(ActivityExecutionStatus.Paused, (await _activity.DescribeAsync()).Info.Status);
    }

    [Fact]
    public async Task Commands_WhenAWorkerHasIt_ReachItWithItsHeartbeat()
    {
        await _activity.StartAsync();
        var task = await _activity.TakeAsync();
        await _raw.CallAsync<PauseActivityExecutionResponse>(
            new PauseActivityExecutionRequest { Namespace = "default", ActivityId = _activity.Id });
        var paused = await _activity.HeartbeatAsync(task);
        await _raw.CallAsync<UnpauseActivityExecutionResponse>(
            new UnpauseActivityExecutionRequest { Namespace = "default", ActivityId = _activity.Id });
        await _raw.CallAsync<ResetActivityExecutionResponse>(
            new ResetActivityExecutionRequest { Namespace = "default", ActivityId = _activity.Id });
        var reset = await _activity.HeartbeatAsync(task);
        await _activity.FailAsync(task);

        Assert.Equal((true, false), (paused.ActivityPaused, paused.ActivityReset));
        Assert.Equal((false, true), (reset.ActivityPaused, reset.ActivityReset));
        Assert.Equal(1, (await _activity.TakeAsync()).Attempt);
    }

    [Fact]
    public async Task Options_WhenTheyLeaveNoTimeAndAPollerWaits_EndTheActivity()
    {
        await _activity.StartAsync();
        var waiting = _activity.TakeAsync($"{_activity.Queue}-2");
        await PollsAsync($"{_activity.Queue}-2");

        await _raw.CallAsync<UpdateActivityExecutionOptionsResponse>(new UpdateActivityExecutionOptionsRequest
        {
            Namespace = "default",
            ActivityId = _activity.Id,
            ActivityOptions = new ActivityOptions
            {
                TaskQueue = new() { Name = $"{_activity.Queue}-2" },
                ScheduleToCloseTimeout = new Duration { Nanos = 100 },
            },
            UpdateMask = new FieldMask { Paths = { "task_queue.name", "schedule_to_close_timeout" } },
        });

        var outcome = (await _activity.PollAsync()).Outcome;
        await _raw.CallAsync<StartActivityExecutionResponse>(_activity.NewStart(request =>
            request.TaskQueue.Name = $"{_activity.Queue}-2"));
        Assert.Equal(TimeoutType.ScheduleToClose, outcome.Failure.TimeoutFailureInfo.TimeoutType);
        Assert.Equal(_activity.Id, (await waiting).ActivityId);
    }

    [Fact]
    public async Task Commands_WhenAWorkflowIsNamed_ReachItsActivity()
    {
        await _activity.RefusedAsync(
            new PauseActivityExecutionRequest { Namespace = "default", WorkflowId = "nobody", ActivityId = "a" },
            StatusCode.NotFound,
            "workflow not found for ID: nobody");
    }

    [Fact]
    public async Task Callback_WhenItIsDone_IsCalledAndShown()
    {
        await _activity.StartAsync(request => request.CompletionCallbacks.Add(
            new Callback { Nexus = new Callback.Types.Nexus { Url = "temporal://system" } }));
        await _activity.CompleteAsync(await _activity.TakeAsync());

        var shown = Assert.Single((await _activity.DescribeAsync()).Callbacks);

        Assert.NotNull(shown.Trigger.ActivityClosed);
        Assert.Equal("temporal://system", shown.Info.Callback.Nexus.Url);
        Assert.NotEqual(CallbackState.Standby, shown.Info.State);
    }

    private async Task UpdateAsync(ActivityOptions options, string path) =>
        await _raw.CallAsync<UpdateActivityExecutionOptionsResponse>(new UpdateActivityExecutionOptionsRequest
        {
            Namespace = "default",
            ActivityId = _activity.Id,
            ActivityOptions = options,
            UpdateMask = new FieldMask { Paths = { path } },
        });

    /// <summary>Waits until somebody polls the queue.</summary>
    private async Task PollsAsync(string queue)
    {
        var request = new DescribeTaskQueueRequest
        {
            Namespace = "default",
            TaskQueue = new() { Name = queue },
            TaskQueueType = TaskQueueType.Activity,
        };
        while ((await _raw.CallAsync<DescribeTaskQueueResponse>(request)).Pollers.Count == 0)
        {
            await Task.Yield();
        }
    }

    private Task<ListActivityExecutionsResponse> ListAsync(string query) => _raw.CallAsync<ListActivityExecutionsResponse>(
        new ListActivityExecutionsRequest { Namespace = "default", Query = query });
}
