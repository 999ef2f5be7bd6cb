using System.Net;
using System.Text.Json.Nodes;
using Google.Protobuf;
using Grpc.Core;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.Failure.V1;
using Temporalio.Api.Nexus.V1;
using Temporalio.Api.WorkflowService.V1;
using static AugmentedOS.Engine.Tests.Api.Nexus.NexusEngine;
using Failure = Temporalio.Api.Failure.V1.Failure;

namespace AugmentedOS.Engine.Tests.Api.Nexus;

/// <summary>Nexus requests over HTTP, handled by a worker that polls.</summary>
public sealed class NexusHttpTests(NexusEngine engine) : IClassFixture<NexusEngine>
{
    private static readonly (string, string) KnowsFailures = ("Temporal-Nexus-Failure-Support", "true");

    [Fact]
    public async Task Start_WhenTheHandlerHasTheResult_AnswersWithIt()
    {
        var queue = NewName("queue");
        var polling = engine.PollAsync(queue);
        var starting = engine.PostAsync(
            $"{StartPath(queue)}?callback=http%3A%2F%2Fcaller%2Fback",
            "\"input\"",
            "application/json",
            ("Nexus-Request-Id", "request"),
            ("Nexus-Callback-Temporal-Callback-Token", "token"),
            ("Nexus-Link", "<temporal:///namespaces/n/workflows/w/r/history?eventID=5>; type=\"temporal.api.common.v1.Link.WorkflowEvent\""),
            ("User-Header", "value"),
            ("Request-Timeout", "10s"));

        var task = await polling;
        var start = task.Request.StartOperation;
        Assert.Equal(("service", "operation", "request"), (start.Service, start.Operation, start.RequestId));
        Assert.Equal(Json("\"input\""), start.Payload);
        Assert.Equal("http://caller/back", start.Callback);
        Assert.Equal("token", start.CallbackHeader["temporal-callback-token"]);
        Assert.Equal("temporal.api.common.v1.Link.WorkflowEvent", Assert.Single(start.Links).Type);
        Assert.Equal("value", task.Request.Header["user-header"]);
        Assert.EndsWith("s", task.Request.Header["request-timeout"], StringComparison.Ordinal);
        Assert.Equal(task.Request.Header["request-timeout"], task.Request.Header["Request-Timeout"]);
        Assert.False(task.Request.Capabilities.TemporalFailureResponses);
        await engine.CompleteAsync(task, new StartOperationResponse
        {
            SyncSuccess = new()
            {
                Payload = Json("\"output\""),
                Links = { new Link { Url = "temporal:///namespaces/n/x", Type = "t" } },
            },
        });

        using var answer = await starting;
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("application/json", answer.Content.Headers.ContentType!.ToString());
        Assert.Equal("\"output\"", await BodyAsync(answer));
        Assert.Equal("<temporal:///namespaces/n/x>; type=\"t\"", Assert.Single(answer.Headers.GetValues("Nexus-Link")));
    }

    [Fact]
    public async Task Start_WhenTheHandlerHasBegun_AnswersWithItsToken()
    {
        var queue = NewName("queue");
        var starting = engine.PostAsync(StartPath(queue));
        await engine.CompleteAsync(await engine.PollAsync(queue), new StartOperationResponse
        {
            AsyncSuccess = new() { OperationToken = "a token" },
        });

        using var answer = await starting;

        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        Assert.Equal("""{"token":"a token","state":"running"}""", await BodyAsync(answer));
    }

    [Fact]
    public async Task Start_WhenItIsByEndpoint_TellsTheHandlerWhich()
    {
        var queue = NewName("queue");
        var endpoint = await engine.CreateEndpointAsync(queue);
        var starting = engine.PostAsync($"{endpoint.UrlPrefix}/service%2Fwith%20slash/operation");
        var task = await engine.PollAsync(queue);

        Assert.Equal(endpoint.Spec.Name, task.Request.Endpoint);
        Assert.Equal("service/with slash", task.Request.StartOperation.Service);
        await engine.CompleteAsync(task, new StartOperationResponse { SyncSuccess = new() });
        using var answer = await starting;
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("", await BodyAsync(answer));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Start_WhenTheOperationFails_SaysSoInTheCallersWords(bool knowsFailures)
    {
        var queue = NewName("queue");
        var starting = engine.PostAsync(
            StartPath(queue), null, "application/json", knowsFailures ? [KnowsFailures] : []);
        await engine.CompleteAsync(await engine.PollAsync(queue), new StartOperationResponse
        {
            Failure = new Failure { Message = "why", CanceledFailureInfo = new CanceledFailureInfo() },
        });

        using var answer = await starting;

        Assert.Equal(HttpStatusCode.FailedDependency, answer.StatusCode);
        Assert.Equal("canceled", Assert.Single(answer.Headers.GetValues("nexus-operation-state")));
        Assert.Equal("worker", Assert.Single(answer.Headers.GetValues("Temporal-Nexus-Failure-Source")));
        var failure = JsonNode.Parse(await BodyAsync(answer))!;
        var cause = knowsFailures ? failure["cause"]! : failure;
        Assert.Equal("why", (string)cause["message"]!);
        Assert.Equal("temporal.api.failure.v1.Failure", (string)cause["metadata"]!["type"]!);
        Assert.Equal(knowsFailures ? "nexus.OperationError" : "temporal.api.failure.v1.Failure",
            (string)failure["metadata"]!["type"]!);
    }

    [Theory]
    [InlineData("BAD_REQUEST", 400)]
    [InlineData("UNAUTHENTICATED", 401)]
    [InlineData("UNAUTHORIZED", 403)]
    [InlineData("NOT_FOUND", 404)]
    [InlineData("REQUEST_TIMEOUT", 408)]
    [InlineData("CONFLICT", 409)]
    [InlineData("RESOURCE_EXHAUSTED", 429)]
    [InlineData("INTERNAL", 500)]
    [InlineData("NOT_IMPLEMENTED", 501)]
    [InlineData("UNAVAILABLE", 503)]
    [InlineData("UPSTREAM_TIMEOUT", 520)]
    [InlineData("SOMETHING_NEW", 500)]
    public async Task Start_WhenTheHandlerCannot_AnswersWithTheStatusOfItsError(string type, int status)
    {
        var queue = NewName("queue");
        var starting = engine.PostAsync(StartPath(queue), null, "application/json", KnowsFailures);
        var task = await engine.PollAsync(queue);
        await engine.Raw.CallAsync<RespondNexusTaskFailedResponse>(new RespondNexusTaskFailedRequest
        {
            Namespace = "default",
            TaskToken = task.TaskToken,
            Failure = new Failure
            {
                Message = "no",
                NexusHandlerFailureInfo = new NexusHandlerFailureInfo
                {
                    Type = type,
                    RetryBehavior = NexusHandlerErrorRetryBehavior.NonRetryable,
                },
            },
        });

        using var answer = await starting;

        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Equal("false", Assert.Single(answer.Headers.GetValues("nexus-request-retryable")));
        var failure = JsonNode.Parse(await BodyAsync(answer))!;
        Assert.Equal("no", (string)failure["message"]!);
        Assert.Equal(type, (string)failure["details"]!["type"]!);
    }

    [Fact]
    public async Task Start_WhenNoWorkerComes_TimesOutInTime()
    {
        using var answer = await engine.PostAsync(
            StartPath(NewName("queue")), null, "application/json", ("Request-Timeout", "1100ms"));

        Assert.Equal(520, (int)answer.StatusCode);
        Assert.Equal("upstream timeout", (string)JsonNode.Parse(await BodyAsync(answer))!["message"]!);
    }

    [Fact]
    public async Task Cancel_WhenTheHandlerTakesNote_IsAccepted()
    {
        var queue = NewName("queue");
        var cancelling = engine.PostAsync(
            $"{StartPath(queue)}/cancel", null, null, ("Nexus-Operation-Token", "a token"));
        var task = await engine.PollAsync(queue);
        Assert.Equal("a token", task.Request.CancelOperation.OperationToken);
        await engine.Raw.CallAsync<RespondNexusTaskCompletedResponse>(new RespondNexusTaskCompletedRequest
        {
            Namespace = "default",
            TaskToken = task.TaskToken,
            Response = new Response { CancelOperation = new CancelOperationResponse() },
        });

        using var answer = await cancelling;

        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
    }

    [Fact]
    public async Task Requests_WhenTheyAreBad_SaySo()
    {
        await RefusedAsync(StartPath("q", "nowhere"), 404, "namespace not found: \"nowhere\"");
        await RefusedAsync($"{StartPath("q")}/cancel", 400, "missing operation token");
        await RefusedAsync($"{StartPath("q")}/a/b/c", 404, "not found");
        await RefusedAsync(
            $"/nexus/endpoints/{Guid.Empty:D}/services/service/operation", 404, "nexus endpoint not found");
        await RefusedAsync(StartPath("q"), 400, "invalid request timeout header", ("Request-Timeout", "soon"));
        await RefusedAsync(StartPath("q"), 400, "invalid \"nexus-link\" header", ("Nexus-Link", "nothing"));
        using var got = await engine.Http.GetAsync(StartPath("q"), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.BadRequest, got.StatusCode);
        Assert.Contains("expected POST, got \\u0022GET\\u0022", await BodyAsync(got), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Completions_WhenTheyAreBad_SaySo()
    {
        await RefusedAsync("/nexus/callback", 400, "invalid request operation state: \"\"");
        await RefusedAsync("/nexus/callback", 400, "invalid callback token", ("nexus-operation-state", "succeeded"));
        await RefusedAsync(
            "/namespaces/default/nexus/callback",
            400,
            "invalid callback token",
            ("nexus-operation-state", "succeeded"),
            ("temporal-callback-token", """{"v":1,"d":"AAAA"}"""));
        await RefusedAsync(
            "/nexus/callback",
            400,
            "failed to decode Failure from request body",
            ("nexus-operation-state", "failed"));
    }

    [Fact]
    public async Task Respond_WhenItIsBad_SaysSo()
    {
        var queue = NewName("queue");
        var starting = engine.PostAsync(StartPath(queue));
        var task = await engine.PollAsync(queue);
        RespondNexusTaskFailedRequest Failed() => new() { Namespace = "default", TaskToken = task.TaskToken };
        RespondNexusTaskCompletedRequest Completed(StartOperationResponse response) => new()
        {
            Namespace = "default",
            TaskToken = task.TaskToken,
            Response = new Response { StartOperation = response },
        };

        await RefusedRpcAsync(Failed(), StatusCode.InvalidArgument, "request must contain error or failure");
        var plain = Failed();
        plain.Failure = new Failure { Message = "plain" };
        await RefusedRpcAsync(
            plain,
            StatusCode.InvalidArgument,
            "request Failure must contain error or failure with NexusHandlerFailureInfo");
        await RefusedRpcAsync(
            Completed(new StartOperationResponse { AsyncSuccess = new() }),
            StatusCode.InvalidArgument,
            "missing opration token in response");
        await RefusedRpcAsync(
            Completed(new StartOperationResponse { AsyncSuccess = new() { OperationToken = new string('t', 4097) } }),
            StatusCode.InvalidArgument,
            "operation token length exceeds allowed limit (4097/4096)");
        var foreign = Failed();
        (foreign.TaskToken, foreign.Failure) = (ByteString.CopyFromUtf8("?"), plain.Failure);
        await RefusedRpcAsync(foreign, StatusCode.InvalidArgument, "Error deserializing task token.");

        await engine.CompleteAsync(task, new StartOperationResponse { SyncSuccess = new() });
        (await starting).Dispose();
        await RefusedRpcAsync(
            Completed(new StartOperationResponse { SyncSuccess = new() }),
            StatusCode.NotFound,
            "Nexus task not found or already expired");
    }

    private async Task RefusedAsync(string path, int status, string message, params (string, string)[] headers)
    {
        using var answer = await engine.PostAsync(path, "not json", "application/json", [KnowsFailures, .. headers]);
        Assert.Equal(message, (string)JsonNode.Parse(await BodyAsync(answer))!["message"]!);
        Assert.Equal(status, (int)answer.StatusCode);
    }

    private async Task RefusedRpcAsync(IMessage request, StatusCode code, string message)
    {
        var refusal = await engine.Raw.RefusedAsync(request);
        Assert.Equal((code, message), (refusal.StatusCode, refusal.Status.Detail));
    }
}
