using System.Text.Json.Nodes;
using AugmentedOS.Engine.Access;
using Grpc.Core;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.ErrorDetails.V1;
using Temporalio.Api.TaskQueue.V1;
using Temporalio.Api.WorkflowService.V1;

namespace AugmentedOS.Engine.Tests.Api;

/// <summary>What happens between the wire and an RPC: rates, versions, and records of what was done.</summary>
public sealed class AdmissionTests
{
    [Fact]
    public async Task Rate_WhenUsedUp_IsRefusedWithCauseScopeAndHeaders()
    {
        await using var engine = await EngineFixture.StartAsync(options =>
        {
            options.DynamicConfig["frontend.namespaceRPS"] = "1";
            options.DynamicConfig["frontend.namespaceBurstRatio"] = "2";
        });
        using var raw = new RawEngine(engine.Address);
        var request = new DescribeTaskQueueRequest { Namespace = "default", TaskQueue = new TaskQueue { Name = "q" } };

        RpcException? refused = null;
        while (refused is null)
        {
            refused = await TryAsync(() => raw.CallAsync<DescribeTaskQueueResponse>(request));
        }

        Assert.Equal(StatusCode.ResourceExhausted, refused.StatusCode);
        Assert.Equal("namespace rate limit exceeded", refused.Status.Detail);
        Assert.Equal("RpsLimit", refused.Trailers.GetValue("x-resource-exhausted-cause"));
        Assert.Equal("Namespace", refused.Trailers.GetValue("x-resource-exhausted-scope"));
        var detail = Google.Rpc.Status.Parser.ParseFrom(refused.Trailers.GetValueBytes("grpc-status-details-bin"))
            .Details.Single().Unpack<ResourceExhaustedFailure>();
        Assert.Equal((ResourceExhaustedCause.RpsLimit, ResourceExhaustedScope.Namespace), (detail.Cause, detail.Scope));
    }

    [Fact]
    public async Task Polls_WhenTooMany_AreRefusedAndTheirPlacesComeBack()
    {
        await using var engine = await EngineFixture.StartAsync(
            options => options.DynamicConfig["frontend.namespaceCount"] = "1");
        using var raw = new RawEngine(engine.Address);
        var poll = new PollWorkflowTaskQueueRequest { Namespace = "default", TaskQueue = new TaskQueue { Name = "q" } };
        using var first = new CancellationTokenSource();
        var waiting = raw.CallAsync<PollWorkflowTaskQueueResponse>(poll, TimeSpan.FromSeconds(60), cancelled: first.Token);

        while (!await IsPolledAsync(raw, poll.TaskQueue))
        {
            Assert.False(waiting.IsCompleted, "the first poll ended by itself");
        }

        var refused = await TryAsync(() => raw.CallAsync<PollWorkflowTaskQueueResponse>(poll, TimeSpan.FromMilliseconds(200)));
        Assert.Equal(StatusCode.ResourceExhausted, refused!.StatusCode);
        Assert.Equal("namespace concurrent poller limit exceeded", refused.Status.Detail);
        await first.CancelAsync();
        await Assert.ThrowsAsync<RpcException>(() => waiting);
        while (await TryAsync(() => raw.CallAsync<PollWorkflowTaskQueueResponse>(poll, TimeSpan.FromMilliseconds(200)))
            is { StatusCode: StatusCode.ResourceExhausted })
        {
            await Task.Yield();   // the server learns of the cancellation when it arrives
        }
    }

    [Theory]
    [InlineData("temporal-go", "2.0.0", null, "Client version 2.0.0 is not supported. Server supports temporal-go versions: <2.0.0")]
    [InlineData("temporal-go", "1.0.0", "<1.0.0", "Server version 1.32.0 is not supported. Client supports server versions: <1.0.0")]
    public async Task Version_WhenNotSupported_IsRefusedUnlessSwitchedOff(
        string client, string version, string? servers, string message)
    {
        await using var checking = await EngineFixture.StartAsync(_ => { });
        await using var lenient = await EngineFixture.StartAsync(
            options => options.DynamicConfig["frontend.enableServerVersionCheck"] = "false");
        var headers = new Metadata { { "client-name", client }, { "client-version", version } };
        if (servers is not null)
        {
            headers.Add("supported-server-versions", servers);
        }

        using var strict = new RawEngine(checking.Address);
        var refused = await TryAsync(() => strict.CallAsync<GetSystemInfoResponse>(new GetSystemInfoRequest(), headers: headers));
        Assert.Equal((StatusCode.FailedPrecondition, message), (refused!.StatusCode, refused.Status.Detail));
        using var raw = new RawEngine(lenient.Address);
        Assert.Null(await TryAsync(() => raw.CallAsync<GetSystemInfoResponse>(new GetSystemInfoRequest(), headers: headers)));
    }

    [Fact]
    public async Task Audit_WhenOn_RecordsWhatChangesAndWhatWasDenied()
    {
        var folder = Directory.CreateTempSubdirectory("audit-");
        var file = Path.Combine(folder.FullName, "audit.jsonl");
        try
        {
            await CallWithAuditAsync(file);

            var records = File.ReadAllLines(file).Select(line => JsonNode.Parse(line)!).ToList();
            Assert.Equal(
                [
                    ("StartWorkflowExecution", "OK", "api-key:ada", "default", "order-1", "ada@host"),
                    ("StartWorkflowExecution", "AlreadyExists", "api-key:ada", "default", "order-1", "ada@host"),
                    ("TerminateWorkflowExecution", "PermissionDenied", "", "default", "order-1", ""),
                    ("RespondWorkflowTaskCompleted", "OK", "api-key:ada", "default", "order-1", ""),
                ],
                records.Select(r => (Text(r, "method"), Text(r, "outcome"), Text(r, "principal"), Text(r, "namespace"), Text(r, "target"), Text(r, "identity"))));
            Assert.Equal("first", Text(records[0], "requestId"));
            Assert.All(records, record => Assert.StartsWith("127.0.0.1:", Text(record, "peer"), StringComparison.Ordinal));
            Assert.NotEmpty(Text(records[3], "run"));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task Token_WhenItsNamespaceIsForeign_DoesNotOpenTheDoor()
    {
        await using var engine = await EngineFixture.StartAsync(options =>
        {
            options.Namespaces.Add("theirs");
            options.Access.ApiKeys["both"] = $"sha256:{ApiKeys.HashOf("both")} default:write theirs:write";
            options.Access.ApiKeys["mine"] = $"sha256:{ApiKeys.HashOf("mine")} default:write";
        }, "both");
        using var raw = new RawEngine(engine.Address);
        var queue = new TaskQueue { Name = "q" };
        await raw.CallAsync<StartWorkflowExecutionResponse>(StartRequest("theirs", "r"), headers: Key("both"));
        var task = await raw.CallAsync<PollWorkflowTaskQueueResponse>(
            new PollWorkflowTaskQueueRequest { Namespace = "theirs", TaskQueue = queue }, headers: Key("both"));

        var answer = new RespondWorkflowTaskCompletedRequest { TaskToken = task.TaskToken };
        var unnamed = await TryAsync(() => raw.CallAsync<RespondWorkflowTaskCompletedResponse>(answer, headers: Key("mine")));
        answer.Namespace = "default";
        var misnamed = await TryAsync(() => raw.CallAsync<RespondWorkflowTaskCompletedResponse>(answer, headers: Key("mine")));

        Assert.Equal(StatusCode.PermissionDenied, unnamed!.StatusCode);
        Assert.Equal(StatusCode.InvalidArgument, misnamed!.StatusCode);
        answer.Namespace = "";
        Assert.Null(await TryAsync(() => raw.CallAsync<RespondWorkflowTaskCompletedResponse>(answer, headers: Key("both"))));
    }

    [Fact]
    public async Task MultiOperation_WhenAPartIsForeign_IsDenied()
    {
        await using var engine = await EngineFixture.StartAsync(options =>
        {
            options.Namespaces.Add("theirs");
            options.Access.ApiKeys["mine"] = $"sha256:{ApiKeys.HashOf("mine")} default:write";
        }, "mine");
        using var raw = new RawEngine(engine.Address);
        var request = new ExecuteMultiOperationRequest { Namespace = "default" };
        request.Operations.Add(new ExecuteMultiOperationRequest.Types.Operation { StartWorkflow = StartRequest("theirs", "r") });

        var refused = await TryAsync(() => raw.CallAsync<ExecuteMultiOperationResponse>(request, headers: Key("mine")));

        Assert.Equal(StatusCode.PermissionDenied, refused!.StatusCode);
    }

    private static async Task<bool> IsPolledAsync(RawEngine raw, TaskQueue queue)
    {
        var found = await raw.CallAsync<DescribeTaskQueueResponse>(
            new DescribeTaskQueueRequest { Namespace = "default", TaskQueue = queue, TaskQueueType = TaskQueueType.Workflow });
        return found.Pollers.Count > 0;
    }

    private static async Task CallWithAuditAsync(string file)
    {
        await using var engine = await EngineFixture.StartAsync(options =>
        {
            options.Audit.File = file;
            options.Access.ApiKeys["ada"] = $"sha256:{ApiKeys.HashOf("ada")} default:write";
        }, "ada");
        using var raw = new RawEngine(engine.Address);
        await raw.CallAsync<StartWorkflowExecutionResponse>(StartRequest("default", "first"), headers: Key("ada"));
        await TryAsync(() => raw.CallAsync<StartWorkflowExecutionResponse>(StartRequest("default", "second"), headers: Key("ada")));
        await raw.CallAsync<DescribeWorkflowExecutionResponse>(
            new DescribeWorkflowExecutionRequest { Namespace = "default", Execution = new() { WorkflowId = "order-1" } },
            headers: Key("ada"));
        await TryAsync(() => raw.CallAsync<TerminateWorkflowExecutionResponse>(new TerminateWorkflowExecutionRequest
        {
            Namespace = "default",
            WorkflowExecution = new() { WorkflowId = "order-1" },
        }));
        var task = await raw.CallAsync<PollWorkflowTaskQueueResponse>(
            new PollWorkflowTaskQueueRequest { Namespace = "default", TaskQueue = new TaskQueue { Name = "q" } },
            headers: Key("ada"));
        await raw.CallAsync<RespondWorkflowTaskCompletedResponse>(
            new RespondWorkflowTaskCompletedRequest { TaskToken = task.TaskToken }, headers: Key("ada"));
    }

    private static StartWorkflowExecutionRequest StartRequest(string ns, string requestId) => new()
    {
        Namespace = ns,
        WorkflowId = "order-1",
        WorkflowType = new WorkflowType { Name = "t" },
        TaskQueue = new TaskQueue { Name = "q" },
        RequestId = requestId,
        Identity = "ada@host",
    };

    private static Metadata Key(string key) => new() { { "authorization", $"bearer {key}" } };

    private static string Text(JsonNode node, string name) => (string?)node[name] ?? "";

    private static async Task<RpcException?> TryAsync<T>(Func<Task<T>> call)
    {
        try
        {
            await call();
            return null;
        }
        catch (RpcException refused)
        {
            return refused;
        }
    }
}
