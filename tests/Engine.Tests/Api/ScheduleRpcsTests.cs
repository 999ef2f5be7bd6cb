using AugmentedOS.Engine.Hosting;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.OperatorService.V1;
using Temporalio.Api.Schedule.V1;
using Temporalio.Api.Workflow.V1;
using Temporalio.Api.WorkflowService.V1;
using Schedule = Temporalio.Api.Schedule.V1.Schedule;

namespace AugmentedOS.Engine.Tests.Api;

/// <summary>Schedules on the wire: what each call answers, and how it refuses.</summary>
public sealed class ScheduleRpcsTests(EngineFixture engine) : IClassFixture<EngineFixture>
{
    private static readonly string TooLong = new('x', 1001);

    public static TheoryData<IMessage, StatusCode, string> Refusals => new()
    {
        { Create(r => r.Namespace = ""), StatusCode.InvalidArgument, "Namespace is not set on request." },
        { Create(r => r.RequestId = ""), StatusCode.InvalidArgument, "RequestId is not set on request." },
        { Create(r => r.RequestId = TooLong), StatusCode.InvalidArgument, "RequestId length exceeds limit." },
        {
            Create(r => r.ScheduleId = new string('x', 980)),
            StatusCode.InvalidArgument,
            "WorkflowId exceeds maximum allowed length (1003/1000)"
        },
        {
            Create(r => r.Schedule.Spec.CronString.Add("x")),
            StatusCode.InvalidArgument,
            "Invalid schedule spec: CronString does not have 5-7 fields"
        },
        {
            Create(r => r.Schedule.Action = null),
            StatusCode.InvalidArgument,
            "Only StartWorkflow action is supported for schedules"
        },
        { Action(a => a.WorkflowId = ""), StatusCode.InvalidArgument, "WorkflowId is not set on request." },
        {
            Action(a => a.WorkflowId = new string('x', 981)),
            StatusCode.InvalidArgument,
            "WorkflowId exceeds maximum allowed length (1002/1000)"
        },
        { Action(a => a.WorkflowType = null), StatusCode.InvalidArgument, "WorkflowType is not set on request." },
        { Action(a => a.TaskQueue = null), StatusCode.InvalidArgument, "taskQueue is not set" },
        {
            Action(a => a.TaskQueue.Name = "temporal-sys-per-ns-tq"),
            StatusCode.InvalidArgument,
            "cannot use internal per-namespace task queue temporal-sys-per-ns-tq"
        },
        {
            Action(a => a.WorkflowRunTimeout = new Duration { Seconds = -1 }),
            StatusCode.InvalidArgument,
            "An invalid WorkflowRunTimeoutSeconds is set on request. cause: negative duration"
        },
        {
            Action(a => a.CronSchedule = "* * * * *"),
            StatusCode.InvalidArgument,
            "Scheduled workflow must not contain CronSchedule"
        },
        {
            Action(a => a.WorkflowIdReusePolicy = WorkflowIdReusePolicy.RejectDuplicate),
            StatusCode.InvalidArgument,
            "Scheduled workflow must not contain WorkflowIDReusePolicy"
        },
        {
            Action(a => a.SearchAttributes = new SearchAttributes { IndexedFields = { ["Nope"] = new Payload() } }),
            StatusCode.InvalidArgument,
            "Namespace default has no mapping defined for search attribute Nope"
        },
        {
            Create(r => r.SearchAttributes = new SearchAttributes { IndexedFields = { ["Nope"] = new Payload() } }),
            StatusCode.InvalidArgument,
            "Namespace default has no mapping defined for search attribute Nope"
        },
        {
            Action(a => a.Input = new Payloads { Payloads_ = { new Payload { Data = ByteString.CopyFrom(new byte[2_100_000]) } } }),
            StatusCode.InvalidArgument,
            "Blob data size exceeds limit."
        },
        { new DescribeScheduleRequest { Namespace = "default", ScheduleId = "no" }, StatusCode.NotFound, "schedule not found" },
        { new DeleteScheduleRequest { Namespace = "default", ScheduleId = "no" }, StatusCode.NotFound, "schedule not found" },
        {
            new PatchScheduleRequest { Namespace = "default", ScheduleId = "no" },
            StatusCode.InvalidArgument,
            "Patch is not set on request."
        },
        {
            new PatchScheduleRequest { Namespace = "default", ScheduleId = "no", Patch = new() { Pause = TooLong } },
            StatusCode.InvalidArgument,
            "Schedule notes exceeds limit."
        },
        {
            new PatchScheduleRequest { Namespace = "default", ScheduleId = "no", Patch = new() },
            StatusCode.NotFound,
            "schedule not found"
        },
        {
            new UpdateScheduleRequest { Namespace = "default", ScheduleId = "no", Schedule = NewSchedule() },
            StatusCode.NotFound,
            "schedule not found"
        },
        {
            new ListScheduleMatchingTimesRequest { Namespace = "default", ScheduleId = "no" },
            StatusCode.NotFound,
            "schedule not found"
        },
        { List("WorkflowType = 'x'"), StatusCode.InvalidArgument, Filter("WorkflowType") },
        { List("ExecutionStatus = 'Running'"), StatusCode.InvalidArgument, Filter("ExecutionStatus") },
        { List("ScheduledById = 'x'"), StatusCode.InvalidArgument, Filter("TemporalScheduledById") },
        {
            List("Nope = 'x'"),
            StatusCode.InvalidArgument,
            "invalid query: invalid expression: column name 'Nope' is not a valid search attribute"
        },
        {
            new CountSchedulesRequest { Namespace = "default", Query = "ExecutionDuration > 1" },
            StatusCode.InvalidArgument,
            Filter("ExecutionDuration")
        },
        {
            new ListSchedulesRequest { Namespace = "default", NextPageToken = ByteString.CopyFromUtf8("nonsense?") },
            StatusCode.InvalidArgument,
            "Invalid NextPageToken."
        },
    };

    [Theory]
    [MemberData(nameof(Refusals))]
    public async Task Request_WhenItIsWrong_IsRefusedWithAServersWords(IMessage request, StatusCode code, string text)
    {
        using var raw = new RawEngine(engine.Address);
        var refused = await raw.RefusedAsync(request);
        Assert.Equal((code, text), (refused.StatusCode, refused.Status.Detail));
    }

    [Fact]
    public async Task Create_WhenTheIdIsTaken_IsAlreadyExists()
    {
        using var raw = new RawEngine(engine.Address);
        var request = Create(r => r.ScheduleId = NewId());
        var created = await raw.CallAsync<CreateScheduleResponse>(request);
        Assert.Equal(created.ConflictToken, (await raw.CallAsync<CreateScheduleResponse>(request)).ConflictToken);
        Assert.Equal(8, created.ConflictToken.Length);

        request.RequestId = "another";
        var refused = await raw.RefusedAsync(request);

        Assert.Equal(StatusCode.AlreadyExists, refused.StatusCode);
        Assert.Equal($"schedule \"{request.ScheduleId}\" is already registered", refused.Status.Detail);
    }

    [Fact]
    public async Task Describe_ShowsCanonicalSpecDefaultsAndTheNextTenTimes()
    {
        using var raw = new RawEngine(engine.Address);
        var id = NewId();
        await raw.CallAsync<CreateScheduleResponse>(Create(r =>
        {
            r.ScheduleId = id;
            r.Schedule.Spec = new ScheduleSpec
            {
                CronString = { "0 12 * * MON" },
                StructuredCalendar = { new StructuredCalendarSpec { Second = { new Temporalio.Api.Schedule.V1.Range { Start = 4, Step = 2 } } } },
            };
            r.Memo = new Memo { Fields = { ["m"] = new Payload() } };
        }));

        var described = await raw.CallAsync<DescribeScheduleResponse>(
            new DescribeScheduleRequest { Namespace = "default", ScheduleId = id });

        Assert.Equal(
            new Temporalio.Api.Schedule.V1.Range { Start = 4, End = 4, Step = 2 },
            described.Schedule.Spec.StructuredCalendar[0].Second[0]);
        Assert.Equal(
            new Temporalio.Api.Schedule.V1.Range { Start = 1, End = 31, Step = 1 },
            described.Schedule.Spec.StructuredCalendar[1].DayOfMonth[0]);
        Assert.Equal(ScheduleOverlapPolicy.Skip, described.Schedule.Policies.OverlapPolicy);
        Assert.Equal(TimeSpan.FromDays(365), described.Schedule.Policies.CatchupWindow.ToTimeSpan());
        Assert.Equal(10, described.Info.FutureActionTimes.Count);
        Assert.All(described.Info.FutureActionTimes, time => Assert.Equal(12, time.ToDateTime().Hour));
        Assert.Null(described.Info.UpdateTime);
        Assert.NotNull(described.Info.CreateTime);
        Assert.True(described.Memo.Fields.ContainsKey("m"));
        Assert.Empty(described.SearchAttributes.IndexedFields);
    }

    [Fact]
    public async Task MatchingTimes_AreAfterTheStartAndUpToTheEnd()
    {
        using var raw = new RawEngine(engine.Address);
        var id = NewId();
        await raw.CallAsync<CreateScheduleResponse>(Create(r => r.ScheduleId = id));
        var start = new DateTime(2026, 1, 1, 5, 0, 0, DateTimeKind.Utc);
        var request = new ListScheduleMatchingTimesRequest
        {
            Namespace = "default",
            ScheduleId = id,
            StartTime = Timestamp.FromDateTime(start),
            EndTime = Timestamp.FromDateTime(start.AddHours(5)),
        };

        var times = await raw.CallAsync<ListScheduleMatchingTimesResponse>(request);
        Assert.Equal([.. Enumerable.Range(1, 5).Select(hour => start.AddHours(hour))], times.StartTime.Select(t => t.ToDateTime()));

        request.EndTime = Timestamp.FromDateTime(start.AddYears(1));
        Assert.Equal(1000, (await raw.CallAsync<ListScheduleMatchingTimesResponse>(request)).StartTime.Count);
        request.EndTime = null;
        Assert.Equal("missing or invalid query", (await raw.RefusedAsync(request)).Status.Detail);
    }

    [Fact]
    public async Task List_FindsSchedulesByIdPauseAndCustomAttributesInPages()
    {
        await using var own = await EngineFixture.StartAsync(static _ => { });
        using var raw = new RawEngine(own.Address);
        await raw.CallAsync<AddSearchAttributesResponse>(new AddSearchAttributesRequest
        {
            Namespace = "default",
            SearchAttributes = { ["Color"] = IndexedValueType.Keyword },
        });
        for (var i = 0; i < 5; i++)
        {
            await raw.CallAsync<CreateScheduleResponse>(Create(r =>
            {
                r.ScheduleId = $"list-{i}";
                r.Schedule.State = new ScheduleState { Paused = i == 0, Notes = $"note {i}" };
                r.SearchAttributes = i < 2 ? Color(i == 0 ? "red" : "blue") : null;
            }));
        }

        Assert.Equal(["list-4", "list-3", "list-2", "list-1", "list-0"], await IdsAsync(raw, ""));
        Assert.Equal(["list-0"], await IdsAsync(raw, "TemporalSchedulePaused = true"));
        Assert.Equal(["list-1"], await IdsAsync(raw, "Color = 'blue'"));
        Assert.Equal(["list-4", "list-3", "list-2"], await IdsAsync(raw, "Color IS NULL"));
        Assert.Equal(["list-3"], await IdsAsync(raw, "ScheduleId = 'list-3'"));
        Assert.Equal(["list-3", "list-2"], await IdsAsync(raw, "ScheduleId IN ('list-3', 'list-2')"));
        Assert.Equal(["list-0"], await IdsAsync(raw, "ScheduleId STARTS_WITH 'list-' AND Color != 'blue'"));
        Assert.Equal(4, (await raw.CallAsync<CountSchedulesResponse>(new CountSchedulesRequest
        {
            Namespace = "default",
            Query = "TemporalSchedulePaused = false",
        })).Count);

        var first = await raw.CallAsync<ListSchedulesResponse>(new ListSchedulesRequest { Namespace = "default", MaximumPageSize = 3 });
        Assert.Equal("note 4", first.Schedules[0].Info.Notes);
        Assert.Equal(5, first.Schedules[0].Info.FutureActionTimes.Count);
        var second = await raw.CallAsync<ListSchedulesResponse>(new ListSchedulesRequest
        {
            Namespace = "default",
            MaximumPageSize = 3,
            NextPageToken = first.NextPageToken,
        });
        Assert.Equal((3, 2, true), (first.Schedules.Count, second.Schedules.Count, second.NextPageToken.IsEmpty));

        var runs = await raw.CallAsync<ListWorkflowExecutionsResponse>(new ListWorkflowExecutionsRequest { Namespace = "default", Query = "Color = 'red'" });
        Assert.Empty(runs.Executions);
        await raw.CallAsync<DeleteScheduleResponse>(new DeleteScheduleRequest { Namespace = "default", ScheduleId = "list-1" });
        Assert.Empty(await IdsAsync(raw, "Color = 'blue'"));
    }

    [Fact]
    public async Task Trigger_ShowsAtOnce()
    {
        using var raw = new RawEngine(engine.Address);
        var id = NewId();
        await raw.CallAsync<CreateScheduleResponse>(Create(r =>
        {
            r.ScheduleId = id;
            r.InitialPatch = new SchedulePatch { TriggerImmediately = new TriggerImmediatelyRequest() };
        }));

        var info = (await raw.CallAsync<DescribeScheduleResponse>(
            new DescribeScheduleRequest { Namespace = "default", ScheduleId = id })).Info;

        Assert.Equal(1, info.ActionCount);
        var started = Assert.Single(info.RecentActions).StartWorkflowResult;
        Assert.Equal(started, Assert.Single(info.RunningWorkflows));
        Assert.Matches(@"^wf-\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$", started.WorkflowId);
        await raw.CallAsync<TerminateWorkflowExecutionResponse>(new TerminateWorkflowExecutionRequest
        {
            Namespace = "default",
            WorkflowExecution = started,
        });
    }

    [Fact]
    public async Task Starts_WhenTheirRateIsUsedUp_WaitTheirTurn()
    {
        // The world's time is skipped whenever it would only wait.
        await using var own = await EngineFixture.StartAsync(static options =>
        {
            options.TimeSkipping = TimeSkipping.Unlocked;
            options.DynamicConfig["worker.schedulerNamespaceStartWorkflowRPS"] = "0.1";
        });
        using var raw = new RawEngine(own.Address);
        var hour = new DateTime(2026, 1, 1, 5, 0, 0, DateTimeKind.Utc);
        await raw.CallAsync<CreateScheduleResponse>(Create(r =>
        {
            r.Schedule.State = new ScheduleState { Paused = true };
            r.InitialPatch = new SchedulePatch
            {
                BackfillRequest =
                {
                    new BackfillRequest
                    {
                        StartTime = Timestamp.FromDateTime(hour),
                        EndTime = Timestamp.FromDateTime(hour.AddHours(3)),
                        OverlapPolicy = ScheduleOverlapPolicy.AllowAll,
                    },
                },
            };
        }));

        List<DateTime> started;
        do
        {
            var list = await raw.CallAsync<ListWorkflowExecutionsResponse>(new ListWorkflowExecutionsRequest { Namespace = "default" });
            started = [.. list.Executions.Select(run => run.StartTime.ToDateTime()).Order()];
        }
        while (started.Count < 4);

        Assert.All(started.Zip(started.Skip(1)), pair => Assert.InRange((pair.Second - pair.First).TotalSeconds, 9.5, 60));
    }

    [Fact]
    public async Task Request_WhenSchedulesAreSwitchedOff_IsDenied()
    {
        await using var own = await EngineFixture.StartAsync(static o => o.DynamicConfig["frontend.enableSchedules"] = "false");
        using var raw = new RawEngine(own.Address);
        foreach (IMessage request in new IMessage[] { Create(static _ => { }), List("") })
        {
            var refused = await raw.RefusedAsync(request);
            Assert.Equal(
                (StatusCode.PermissionDenied, "Schedules are disabled on this namespace."),
                (refused.StatusCode, refused.Status.Detail));
        }
    }

    private static async Task<List<string>> IdsAsync(RawEngine raw, string query) =>
        [.. (await raw.CallAsync<ListSchedulesResponse>(
            new ListSchedulesRequest { Namespace = "default", Query = query })).Schedules.Select(s => s.ScheduleId)];

    private static SearchAttributes Color(string value) => new()
    {
        IndexedFields =
        {
            ["Color"] = new Payload
            {
                Metadata = { ["encoding"] = ByteString.CopyFromUtf8("json/plain") },
                Data = ByteString.CopyFromUtf8($"\"{value}\""),
            },
        },
    };

    private static string NewId() => $"schedule-{Guid.NewGuid():N}";

    private static string Filter(string name) => $"invalid query filter for schedules: cannot filter on \"{name}\"";

    private static ListSchedulesRequest List(string query) => new() { Namespace = "default", Query = query };

    private static CreateScheduleRequest Action(Action<NewWorkflowExecutionInfo> configure) =>
        Create(request => configure(request.Schedule.Action.StartWorkflow));

    private static CreateScheduleRequest Create(Action<CreateScheduleRequest> configure)
    {
        var request = new CreateScheduleRequest
        {
            Namespace = "default",
            ScheduleId = "s",
            RequestId = "request",
            Schedule = NewSchedule(),
        };
        configure(request);
        return request;
    }

    private static Schedule NewSchedule() => new()
    {
        Spec = new ScheduleSpec { Interval = { new IntervalSpec { Interval = Duration.FromTimeSpan(TimeSpan.FromHours(1)) } } },
        Action = new ScheduleAction
        {
            StartWorkflow = new NewWorkflowExecutionInfo
            {
                WorkflowId = "wf",
                WorkflowType = new WorkflowType { Name = "Report" },
                TaskQueue = new() { Name = "nobody" },
            },
        },
    };
}
