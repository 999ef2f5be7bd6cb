using AugmentedOS.Engine.Executions;
using AugmentedOS.Engine.Executions.Starting;
using AugmentedOS.Engine.Namespaces;
using AugmentedOS.Engine.Tests.Executions.Kit;
using Google.Protobuf.WellKnownTypes;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.TaskQueue.V1;
using Temporalio.Api.Workflow.V1;
using Temporalio.Api.WorkflowService.V1;
using static AugmentedOS.Engine.Tests.Executions.Starting.Starts;

namespace AugmentedOS.Engine.Tests.Executions.Starting;

/// <summary>Every row of the table of bad start requests, in its order and with its text.</summary>
public sealed class StartValidationTests
{
    private static readonly NamespaceInfo Namespace = FixedNamespaces.Default with
    {
        SearchAttributes = FixedNamespaces.Default.SearchAttributes.Add("Amount", IndexedValueType.Int),
    };

    private static readonly string Long = new('x', 1001);
    private static readonly Duration Negative = (-1).Seconds().ToProto();

    /// <summary>Rows in the order in which they are checked: a request with two faults is told of the earlier one.</summary>
    private static readonly (string Name, Action<StartWorkflowExecutionRequest> Break, string Text)[] Rows =
    [
        ("no id", r => r.WorkflowId = "", "WorkflowId is not set on request."),
        ("long id", r => r.WorkflowId = Long, "WorkflowId exceeds maximum allowed length (1001/1000)"),
        ("coefficient", r => r.RetryPolicy = new RetryPolicy { BackoffCoefficient = 0.5 },
            "BackoffCoefficient cannot be less than 1 on retry policy."),
        ("attempts", r => r.RetryPolicy = new RetryPolicy { MaximumAttempts = -1 },
            "MaximumAttempts cannot be negative on retry policy."),
        ("timeout type", r => r.RetryPolicy = new RetryPolicy { NonRetryableErrorTypes = { "TemporalTimeout:No" } },
            "Invalid timeout type value: No."),
        ("delay and cron",
            r => (r.CronSchedule, r.WorkflowStartDelay) = ("* * * * *", 1.Seconds().ToProto()),
            "CronSchedule and WorkflowStartDelay may not be used together."),
        ("delay", r => r.WorkflowStartDelay = Negative,
            "An invalid WorkflowStartDelaySeconds is set on request. cause: negative duration"),
        ("cron", r => (r.CronSchedule, r.WorkflowStartDelay) = ("soon", null), "invalid CronSchedule."),
        ("cron never due", r => (r.CronSchedule, r.WorkflowStartDelay) = ("0 0 30 2 *", null),
            "invalid CronSchedule, no time can be found to satisfy the schedule"),
        ("no type", r => r.WorkflowType = null, "WorkflowType is not set on request."),
        ("empty type", r => r.WorkflowType = new WorkflowType(), "WorkflowType is not set on request."),
        ("long type", r => r.WorkflowType = new WorkflowType { Name = Long }, "WorkflowType length exceeds limit."),
        ("no queue", r => r.TaskQueue = null, "taskQueue is not set"),
        ("nameless queue", r => r.TaskQueue = new TaskQueue(), "missing task queue name"),
        ("long queue", r => r.TaskQueue = new TaskQueue { Name = Long }, "taskQueue length exceeds limit"),
        ("reserved queue", r => r.TaskQueue = new TaskQueue { Name = "/_sys/x" },
            "task queue name cannot start with reserved prefix /_sys/"),
        ("execution timeout", r => r.WorkflowExecutionTimeout = Negative,
            "An invalid WorkflowExecutionTimeoutSeconds is set on request. cause: negative duration"),
        ("run timeout", r => r.WorkflowRunTimeout = Negative,
            "An invalid WorkflowRunTimeoutSeconds is set on request. cause: negative duration"),
        ("task timeout", r => r.WorkflowTaskTimeout = Negative,
            "An invalid WorkflowTaskTimeoutSeconds is set on request. cause: negative duration"),
        ("long request id", r => r.RequestId = Long, "RequestId length exceeds limit."),
        // Old clients still send it.
        ("old policy with a new one",
            r => (r.WorkflowIdReusePolicy, r.WorkflowIdConflictPolicy) =
                (WorkflowIdReusePolicy.TerminateIfRunning, WorkflowIdConflictPolicy.Fail),
            "Invalid WorkflowIDReusePolicy: WORKFLOW_ID_REUSE_POLICY_TERMINATE_IF_RUNNING cannot be used together "
            + "with a WorkflowIDConflictPolicy"),
        ("policies at odds",
            r => (r.WorkflowIdReusePolicy, r.WorkflowIdConflictPolicy) =
                (WorkflowIdReusePolicy.RejectDuplicate, WorkflowIdConflictPolicy.TerminateExisting),
            "Invalid WorkflowIDReusePolicy: WORKFLOW_ID_REUSE_POLICY_REJECT_DUPLICATE cannot be used together "
            + "with WorkflowIdConflictPolicy WORKFLOW_ID_CONFLICT_POLICY_TERMINATE_EXISTING"),
        ("callbacks without a request id",
            r => r.OnConflictOptions = new() { AttachCompletionCallbacks = true },
            "attaching request ID is required for attaching completion callbacks"),
        ("unknown search attribute",
            r => r.SearchAttributes = new SearchAttributes { IndexedFields = { ["Nope"] = Json("1") } },
            "Namespace default has no mapping defined for search attribute Nope"),
        ("priority", r => r.Priority = new Priority { PriorityKey = -1 }, "priority key can't be negative"),
        ("fairness key", r => r.Priority = new Priority { FairnessKey = new string('k', 65) },
            "fairness key length exceeds limit"),
        ("fairness weight", r => r.Priority = new Priority { FairnessWeight = -1 }, "must be greater than zero"),
        ("too many callbacks", r => Repeat(33, () => r.CompletionCallbacks.Add(Callback("temporal://system"))),
            "cannot attach more than 32 callbacks to a workflow"),
        ("long callback",
            r => Only(r, Callback("http://" + Long)),
            "invalid url: url length longer than max length allowed of 1000"),
        ("callback scheme", r => Only(r, Callback("invalid")), "invalid url: unknown scheme: invalid"),
        ("callback elsewhere", r => Only(r, Callback("http://elsewhere/x")),
            "invalid url: url does not match any configured callback address: http://elsewhere/x"),
        ("callback header", r => Only(r, Callback("temporal://system", new string('h', 9000))),
            "invalid header: header size longer than max allowed size of 8192"),
        ("too many links", r => Repeat(11, () => r.Links.Add(Job("job"))),
            "cannot attach more than 10 links per request, got 11"),
        ("empty link", r => Only(r, new Link()), "unsupported link variant"),
        ("link without a job", r => Only(r, Job("")), "batch job link must not have an empty job ID"),
        ("link without a namespace", r => Only(r, new Link { WorkflowEvent = new() }),
            "workflow event link must not have an empty namespace field"),
        ("summary", r => r.UserMetadata = new() { Summary = Json(new string('s', 500)) },
            "user_metadata.summary exceeds size limit. Length=527 Limit=400"),
        ("input", r => r.Input = Data(3 * 1024 * 1024), "Blob data size exceeds limit."),
        ("memo", r => r.Memo = new Memo { Fields = { ["m"] = Json(new string('m', 3 * 1024 * 1024)) } },
            "Memo size exceeds limit."),
    ];

    public static TheoryData<int, string> AllRows => [.. Rows.Select((row, i) => (i, row.Name))];

    [Theory]
    [MemberData(nameof(AllRows))]
    public void Check_WhenAFieldIsBad_RefusesWithItsText(int row, string name)
    {
        var request = Request(Rows[row].Break);

        Assert.Equal(Rejection.InvalidArgument(Rows[row].Text), Check(request));
        Assert.NotEmpty(name);
    }

    [Theory]
    [MemberData(nameof(AllRows))]
    public void Check_WhenALaterFieldIsBadToo_TellsOfTheEarlier(int row, string name)
    {
        var request = Request();
        Rows[^1].Break(request);
        Rows[row].Break(request);

        Assert.Equal(Rejection.InvalidArgument(Rows[row].Text), Check(request));
        Assert.NotEmpty(name);
    }

    [Fact]
    public void Check_WhenAllIsWell_Passes() => Assert.Null(Check(Request(r =>
    {
        r.RetryPolicy = new RetryPolicy();
        r.CronSchedule = "CRON_TZ=Europe/Berlin 0 9 * * MON-FRI";
        r.SearchAttributes = new SearchAttributes { IndexedFields = { ["Amount"] = Json("7") } };
        r.Links.Add(Job("job"));
        r.CompletionCallbacks.Add(Callback("temporal://system"));
    })));

    [Fact]
    public void Check_WhenOnlyOneAttemptIsAllowed_DoesNotLookAtTheRestOfThePolicy() =>
        Assert.Null(Check(Request(r =>
            r.RetryPolicy = new RetryPolicy { MaximumAttempts = 1, BackoffCoefficient = 0.1 })));

    [Fact]
    public void Check_WhenACallbackRepeatsALinkOfTheRequest_CountsItOnce()
    {
        var request = Request();
        Repeat(10, () => request.Links.Add(Job($"job {request.Links.Count}")));
        var callback = Callback("temporal://system");
        callback.Links.Add(Job("job 3"));
        request.CompletionCallbacks.Add(callback);

        Assert.Null(Check(request));
    }

    [Fact]
    public void Check_WhenAFastForwardHasNoId_IsRefused() => Assert.Equal(
        Rejection.InvalidArgument("Time skipping config invalid: fast_forward_id must be set"),
        Check(Request(r => r.TimeSkippingConfig = new()
        {
            Enabled = true,
            FastForwardConfig = new() { Duration = 1.Hours().ToProto() },
        })));

    [Fact]
    public void Check_WhenAnOverrideIsPinnedToNoVersion_Refuses() => Assert.Equal(
        Rejection.InvalidArgument("must provide version if override is pinned."),
        Check(Request(r => r.VersioningOverride = new VersioningOverride { Pinned = new() })));

    private static Rejection? Check(StartWorkflowExecutionRequest request) =>
        StartValidation.Check(request, Namespace, EngineLimits.Default, Scenario.Start);

    private static void Repeat(int count, Action action)
    {
        for (var i = 0; i < count; i++)
        {
            action();
        }
    }

    private static void Only(StartWorkflowExecutionRequest request, Callback callback)
    {
        request.CompletionCallbacks.Clear();
        request.CompletionCallbacks.Add(callback);
    }

    private static void Only(StartWorkflowExecutionRequest request, Link link)
    {
        request.Links.Clear();
        request.Links.Add(link);
    }

    private static Callback Callback(string url, string header = "")
    {
        var callback = new Callback { Nexus = new Callback.Types.Nexus { Url = url } };
        callback.Nexus.Header.Add("header", header);
        return callback;
    }

    private static Link Job(string id) => new() { BatchJob = new Link.Types.BatchJob { JobId = id } };
}
