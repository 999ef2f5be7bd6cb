using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Temporalio.Api.Activity.V1;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.ErrorDetails.V1;
using Temporalio.Api.WorkflowService.V1;

namespace AugmentedOS.Engine.Tests.Api.Activities;

/// <summary>What requests about activities without a workflow are refused for, word for word.</summary>
public sealed class StandaloneActivityRefusalTests : IClassFixture<EngineFixture>, IDisposable
{
    private static readonly string TooLong = new('x', 1001);

    private readonly RawEngine _raw;
    private readonly ActivityClient _activity;

    public StandaloneActivityRefusalTests(EngineFixture engine)
    {
        _raw = new RawEngine(engine.Address);
        _activity = new ActivityClient(_raw);
    }

    public void Dispose() => _raw.Dispose();

    public static TheoryData<string, Action<StartActivityExecutionRequest>> Starts => new()
    {
        { "invalid StartDelay: negative duration", r => r.StartDelay = new Duration { Seconds = -1 } },
        { "taskQueue is not set", r => r.TaskQueue = null },
        { "activityId is not set", r => r.ActivityId = "" },
        { "activityType is not set", r => r.ActivityType = null },
        { "activityId exceeds length limit. Length=1001 Limit=1000", r => r.ActivityId = TooLong },
        { "activityType exceeds length limit. Length=1001 Limit=1000", r => r.ActivityType.Name = TooLong },
        {
            "BackoffCoefficient cannot be less than 1 on retry policy.",
            r => r.RetryPolicy = new RetryPolicy { BackoffCoefficient = 0.5 }
        },
        {
            "invalid priorities: priority key can't be negative",
            r => r.Priority = new Priority { PriorityKey = -1 }
        },
        { "invalid HeartbeatTimeout: negative duration", r => r.HeartbeatTimeout = new Duration { Seconds = -1 } },
        {
            "a valid StartToCloseTimeout or ScheduleToCloseTimeout must be set on the activity. "
                + "ActivityId=a ActivityType=Work",
            r => (r.ActivityId, r.StartToCloseTimeout) = ("a", null)
        },
        { "request ID exceeds length limit. Length=1001 Limit=1000", r => r.RequestId = TooLong },
        { "identity exceeds length limit. Length=1001 Limit=1000", r => r.Identity = TooLong },
        {
            "input exceeds length limit",
            r => r.Input = ActivityClient.Text(new string('x', 3 * 1024 * 1024))
        },
        {
            "cannot attach more than 10 links per request, got 11",
            r => r.Links.AddRange(Enumerable.Repeat(new Link { BatchJob = new() { JobId = "j" } }, 11))
        },
        {
            "invalid url: unknown scheme: ftp://there",
            r => r.CompletionCallbacks.Add(new Callback { Nexus = new() { Url = "ftp://there" } })
        },
        {
            "on_conflict_options: attach_completion_callbacks requires attach_request_id to be set",
            r => r.OnConflictOptions = new OnConflictOptions { AttachCompletionCallbacks = true }
        },
        {
            "on_conflict_options: attach_request_id requires at least one completion callback or link",
            r => r.OnConflictOptions = new OnConflictOptions { AttachRequestId = true }
        },
        { "unsupported ID reuse policy: 9", r => r.IdReusePolicy = (ActivityIdReusePolicy)9 },
        { "unsupported ID conflict policy: 9", r => r.IdConflictPolicy = (ActivityIdConflictPolicy)9 },
    };

    public static TheoryData<string, IMessage> Requests
    {
        get
        {
            var data = new TheoryData<string, IMessage>
            {
                {
                    "run id is required when long poll token is provided",
                    new DescribeActivityExecutionRequest { ActivityId = "a", LongPollToken = ByteString.CopyFromUtf8("x") }
                },
                {
                    "invalid long poll token",
                    new DescribeActivityExecutionRequest
                    {
                        ActivityId = "a", RunId = Guid.NewGuid().ToString(), LongPollToken = ByteString.CopyFromUtf8("x"),
                    }
                },
                {
                    "reason exceeds length limit",
                    new TerminateActivityExecutionRequest
                    {
                        ActivityId = "a", Reason = new string('x', 3 * 1024 * 1024),
                    }
                },
                {
                    "request ID exceeds length limit. Length=1001 Limit=1000",
                    new RequestCancelActivityExecutionRequest { ActivityId = "a", RequestId = TooLong }
                },
                {
                    "identity exceeds length limit. Length=1001 Limit=1000",
                    new PauseActivityExecutionRequest { ActivityId = "a", Identity = TooLong }
                },
                {
                    "invalid jitter: negative duration",
                    new ResetActivityExecutionRequest { ActivityId = "a", Jitter = new Duration { Seconds = -1 } }
                },
                {
                    "invalid jitter: negative duration",
                    new UnpauseActivityExecutionRequest { ActivityId = "a", Jitter = new Duration { Seconds = -1 } }
                },
                { "ActivityOptions are not provided", new UpdateActivityExecutionOptionsRequest { ActivityId = "a" } },
                {
                    "UpdateMask is not provided",
                    new UpdateActivityExecutionOptionsRequest { ActivityId = "a", ActivityOptions = new() }
                },
                { "UpdateMask must specify at least one path", Update(new()) },
                { "unsupported update_mask path: \"header\"", Update(new(), "header") },
                {
                    "invalid StartDelay: negative duration",
                    Update(new() { StartDelay = new Duration { Seconds = -1 } }, "startDelay")
                },
                { "taskQueue is not set", Update(new(), "task_queue.name") },
                {
                    "Both UpdateMask and RestoreOriginal are provided",
                    new UpdateActivityExecutionOptionsRequest
                    {
                        ActivityId = "a", RestoreOriginal = true, UpdateMask = new FieldMask { Paths = { "priority" } },
                    }
                },
                {
                    "invalid query: operation is not supported: "
                        + "'GROUP BY' clause is not supported for search attribute ActivityType",
                    new CountActivityExecutionsRequest { Query = "GROUP BY ActivityType" }
                },
            };
            foreach (var request in Named())
            {
                data.Add("activity ID is required", request(""));
                data.Add("activity ID exceeds length limit. Length=1001 Limit=1000", request(TooLong));
            }

            data.Add(
                "invalid run id: must be a valid UUID",
                new PollActivityExecutionRequest { ActivityId = "a", RunId = "no" });
            data.Add(
                "invalid run id: must be a valid UUID",
                new DeleteActivityExecutionRequest { ActivityId = "a", RunId = "no" });
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Starts), DisableDiscoveryEnumeration = true)]
    public Task Start_WhenItIsNotInOrder_SaysWhy(string message, Action<StartActivityExecutionRequest> change) =>
        _activity.RefusedAsync(_activity.NewStart(change), StatusCode.InvalidArgument, message);

    [Theory]
    [MemberData(nameof(Requests), DisableDiscoveryEnumeration = true)]
    public Task Request_WhenItIsNotInOrder_SaysWhy(string message, IMessage request) =>
        _activity.RefusedAsync(InDefault(request), StatusCode.InvalidArgument, message);

    [Fact]
    public async Task Requests_WhenThereIsNoSuchActivity_SayWhich()
    {
        foreach (var request in Named())
        {
            await _activity.RefusedAsync(
                InDefault(request("nothing")), StatusCode.NotFound, "activity not found for ID: nothing");
        }
    }

    [Fact]
    public async Task Start_WhenTheIdIsInUse_NamesTheRun()
    {
        var started = await _activity.StartAsync(request => request.RequestId = "first");
        var again = await _activity.StartAsync(request => request.RequestId = "first");
        var refused = await _raw.RefusedAsync(_activity.NewStart());

        Assert.Equal((started.RunId, false), (again.RunId, again.Started));
        Assert.Equal((StatusCode.AlreadyExists, "activity execution already started"), (
            refused.StatusCode, refused.Status.Detail));
        Assert.Equal(
            new ActivityExecutionAlreadyStartedFailure { StartRequestId = "first", RunId = started.RunId },
            Google.Rpc.Status.Parser.ParseFrom(refused.Trailers.GetValueBytes("grpc-status-details-bin"))
                .Details[0].Unpack<ActivityExecutionAlreadyStartedFailure>());
    }

    [Fact]
    public async Task Token_WhenOfAnotherNamespace_IsRefused()
    {
        await _activity.StartAsync();
        var task = await _activity.TakeAsync();

        await _activity.RefusedAsync(
            new RespondActivityTaskCompletedRequest { Namespace = "elsewhere", TaskToken = task.TaskToken },
            StatusCode.NotFound,
            "Namespace elsewhere is not found.");
        await _activity.CompleteAsync(task);
        await _activity.RefusedAsync(
            new RespondActivityTaskCompletedRequest { Namespace = "default", TaskToken = task.TaskToken },
            StatusCode.NotFound,
            $"activity not found for ID: {_activity.Id}");
    }

    [Fact]
    public async Task Requests_WhenSwitchedOff_SayThat()
    {
        await using var engine = await EngineFixture.StartAsync(options =>
            options.DynamicConfig["activity.enableStandalone"] = "false");
        using var raw = new RawEngine(engine.Address);
        var activity = new ActivityClient(raw);

        foreach (var request in Named().Select(named => named("a")).Append(activity.NewStart()))
        {
            await activity.RefusedAsync(InDefault(request), StatusCode.Unimplemented, "Standalone activity is disabled");
        }

        await activity.RefusedAsync(
            new RespondActivityTaskCompletedByIdRequest { Namespace = "default", ActivityId = "a" },
            StatusCode.InvalidArgument,
            "WorkflowId is not set on request.");
        Assert.False((await CapabilitiesAsync(raw)).StandaloneActivities);
    }

    [Fact]
    public async Task Features_WhenSwitchedOff_AreRefusedOneByOne()
    {
        await using var engine = await EngineFixture.StartAsync(options =>
        {
            options.DynamicConfig["activity.startDelayEnabled"] = "false";
            options.DynamicConfig["activity.enableCallbacks"] = "false";
            options.DynamicConfig["history.enableStandaloneActivityOperatorCommands"] = "false";
        });
        using var raw = new RawEngine(engine.Address);
        var activity = new ActivityClient(raw);

        await activity.RefusedAsync(
            activity.NewStart(request => request.StartDelay = new Duration { Seconds = 1 }),
            StatusCode.InvalidArgument,
            "start_delay is not enabled for this namespace");
        await activity.RefusedAsync(
            activity.NewStart(request => request.CompletionCallbacks.Add(new Callback())),
            StatusCode.InvalidArgument,
            "completion callbacks are not enabled for this namespace");
        await activity.RefusedAsync(
            new PauseActivityExecutionRequest { Namespace = "default", ActivityId = "a" },
            StatusCode.Unimplemented,
            "Standalone activity operator commands are disabled");
        var capabilities = await CapabilitiesAsync(raw);
        Assert.Equal((true, false, false), (
            capabilities.StandaloneActivities,
            capabilities.StandaloneActivityStartDelay,
            capabilities.StandaloneActivityOperatorCommands));
    }

    private static async Task<Temporalio.Api.Namespace.V1.NamespaceInfo.Types.Capabilities> CapabilitiesAsync(
        RawEngine raw) => (await raw.CallAsync<DescribeNamespaceResponse>(
            new DescribeNamespaceRequest { Namespace = "default" })).NamespaceInfo.Capabilities;

    private static Func<string, IMessage>[] Named() =>
    [
        id => new DescribeActivityExecutionRequest { ActivityId = id },
        id => new PollActivityExecutionRequest { ActivityId = id },
        id => new RequestCancelActivityExecutionRequest { ActivityId = id },
        id => new TerminateActivityExecutionRequest { ActivityId = id },
        id => new DeleteActivityExecutionRequest { ActivityId = id },
        id => new PauseActivityExecutionRequest { ActivityId = id },
        id => new UnpauseActivityExecutionRequest { ActivityId = id },
        id => new ResetActivityExecutionRequest { ActivityId = id },
        id => new UpdateActivityExecutionOptionsRequest { ActivityId = id, RestoreOriginal = true },
    ];

    private static UpdateActivityExecutionOptionsRequest Update(ActivityOptions options, params string[] paths) => new()
    {
        ActivityId = "a",
        ActivityOptions = options,
        UpdateMask = new FieldMask { Paths = { paths } },
    };

    private static IMessage InDefault(IMessage request)
    {
        request.Descriptor.FindFieldByName("namespace").Accessor.SetValue(request, "default");
        return request;
    }
}
