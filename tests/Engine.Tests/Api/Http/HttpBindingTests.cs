using System.Net;
using System.Text;
using AugmentedOS.Engine.Api.Binding;
using AugmentedOS.Engine.Api.Http;
using AugmentedOS.Engine.Api.Http.Routing;
using AugmentedOS.Engine.Hosting.Metrics;
using AugmentedOS.Engine.Namespaces;
using CsCheck;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Grpc.AspNetCore.Server.Model;
using Grpc.Core;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Temporalio.Api.WorkflowService.V1;

namespace AugmentedOS.Engine.Tests.Api.Http;

/// <summary>Every annotation of the API leads to its RPC.</summary>
public sealed class HttpBindingTests
{
    private const string Id = "an id/with ünusual %25 letters";

    public static TheoryData<string> Bindings { get; } =
        [.. HttpServices.All.SelectMany(HttpBindings.Of).Select(binding => $"{binding.Verb} {binding.Path.Text}")];

    [Fact]
    public void Bindings_WhenCounted_AreThoseOfTheApi()
    {
        var annotated = HttpServices.All.SelectMany(service => service.Methods)
            .Count(method => HttpBindings.Of(method.Service).Any(binding => binding.Rpc == method));

        Assert.Equal(Bindings.Count, Bindings.Select(row => row.Data).Distinct().Count());
        Assert.True(Bindings.Count >= 2 * annotated, $"{Bindings.Count} bindings of {annotated} methods");
        Assert.True(annotated > 90, $"{annotated} methods");
    }

    [Theory]
    [MemberData(nameof(Bindings))]
    public async Task Path_WhenCalled_ReachesItsRpcWithWhatThePathSays(string name)
    {
        var binding = HttpServices.All.SelectMany(HttpBindings.Of).Single(b => $"{b.Verb} {b.Path.Text}" == name);
        var path = string.Concat(binding.Path.Segments.Select(
            segment => "/" + (segment.IsField ? Uri.EscapeDataString(Id) : segment.Name)));
        var (extra, value) = ExtraField(binding.Rpc.InputType, binding);
        var (query, body) = extra is null
            ? ("", "")
            : binding.Body.Length > 0 ? ("?namespace=ignored", $"{{\"{extra.JsonName}\":\"{value}\"}}") : ($"?{extra.Name}={value}&unknown=1", "");

        var called = await CallAsync(binding.Verb, path + query, body);

        Assert.Equal($"/{binding.Rpc.Service.FullName}/{binding.Rpc.Name}", called.Method);
        foreach (var segment in binding.Path.Segments.Where(segment => segment.IsField))
        {
            Assert.Equal(Id, ValueAt(called.Request!, segment.Name));
        }

        if (extra is not null)
        {
            Assert.Equal(value, extra.Accessor.GetValue(called.Request!));
        }
    }

    [Fact]
    public async Task Query_WhenItHasFieldsOfEveryKind_SetsThem()
    {
        var called = await CallAsync(
            "GET",
            "/api/v1/namespaces/n/workflows/w/history?execution.runId=r&maximum_page_size=7&waitNewEvent=true"
            + "&historyEventFilterType=2&nextPageToken=YWI&skip_archival=false");

        Assert.Equal(
            new GetWorkflowExecutionHistoryRequest
            {
                Namespace = "n",
                Execution = new() { WorkflowId = "w", RunId = "r" },
                MaximumPageSize = 7,
                WaitNewEvent = true,
                HistoryEventFilterType = Temporalio.Api.Enums.V1.HistoryEventFilterType.CloseEvent,
                NextPageToken = ByteString.CopyFromUtf8("ab"),
            },
            called.Request);
    }

    [Fact]
    public async Task Query_WhenItHasTimesAndLists_SetsThem()
    {
        var times = await CallAsync(
            "GET", "/api/v1/namespaces/n/schedules/s/matching-times?startTime=2026-01-02T03:04:05Z&end_time=2026-01-03T00:00:00Z");
        var lists = await CallAsync(
            "GET", "/api/v1/namespaces/n/worker-task-reachability?build_ids=a&build_ids=b&reachability=TASK_REACHABILITY_EXISTING_WORKFLOWS");

        var matching = Assert.IsType<ListScheduleMatchingTimesRequest>(times.Request);
        Assert.Equal(new DateTime(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc), matching.StartTime.ToDateTime());
        var reachability = Assert.IsType<GetWorkerTaskReachabilityRequest>(lists.Request);
        Assert.Equal(["a", "b"], reachability.BuildIds);
        Assert.Equal(Temporalio.Api.Enums.V1.TaskReachability.ExistingWorkflows, reachability.Reachability);
    }

    [Theory]
    [InlineData("?maximumPageSize=many", "parsing field \"maximumPageSize\": invalid value for int32 field maximumPageSize: \"many\"")]
    [InlineData("?execution=x", "parsing field \"execution\": temporal.api.common.v1.WorkflowExecution does not fit into a query")]
    public async Task Query_WhenAValueIsWrong_IsABadRequest(string query, string message)
    {
        var called = await CallAsync("GET", "/namespaces/n/workflows/w/history" + query);

        Assert.Equal(400, called.Status);
        Assert.Contains(message.Replace("\"", "\\\"", StringComparison.Ordinal), called.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Path_WhenItSaysOtherThanTheBody_Wins()
    {
        var called = await CallAsync("POST", "/namespaces/n/workflows/w", """{"namespace":"other","workflowId":"other","requestId":"q"}""");

        Assert.Equal(
            new StartWorkflowExecutionRequest { Namespace = "n", WorkflowId = "w", RequestId = "q" }, called.Request);
    }

    [Theory]
    [InlineData("GET", "/api/v1/nothing", 404, """{"code":5,"message":"Not Found"}""")]
    [InlineData("DELETE", "/api/v1/namespaces/n", 501, """{"code":12,"message":"Method Not Allowed"}""")]
    [InlineData("GET", "/api/v1/namespaces//workflows", 404, """{"code":5,"message":"Not Found"}""")]
    public async Task Path_WhenThereIsNone_SaysSo(string verb, string path, int status, string body)
    {
        var called = await CallAsync(verb, path);

        Assert.Equal((status, body), (called.Status, called.Body));
        Assert.Null(called.Method);
    }

    [Fact]
    public async Task Headers_WhenForwarded_ReachTheRpc()
    {
        var called = await CallAsync("GET", "/system-info", headers: new()
        {
            ["Authorization"] = "Bearer x",
            ["Caller-Type"] = "api",
            ["Grpc-Metadata-Temporal-Thing"] = "yes",
            ["Cookie"] = "no",
            ["Grpc-Timeout"] = "5S",
        });

        Assert.Equal("Bearer x", called.Context!.RequestHeaders.GetValue("authorization"));
        Assert.Equal("api", called.Context.RequestHeaders.GetValue("caller-type"));
        Assert.Equal("yes", called.Context.RequestHeaders.GetValue("temporal-thing"));
        Assert.Equal("temporal-server-http", called.Context.RequestHeaders.GetValue("client-name"));
        Assert.Null(called.Context.RequestHeaders.GetValue("cookie"));
        Assert.NotEqual(DateTime.MaxValue, called.Context.Deadline);
    }

    /// <summary>Whatever stands in the query and the body, it is answered: with the RPC's answer, or with what is wrong.
    /// </summary>
    [Fact]
    public void Request_WhateverItSays_IsNeverAServerError()
    {
        var bindings = HttpServices.All.SelectMany(HttpBindings.Of).ToList();
        string[] bits =
        [
            "{", "}", "[", "]", ":", ",", "null", "true", "1", "-1e400", "\"a\"", "\"metadata\"", "\"data\"", "\"execution\"", "\"input\"",
            "\"_protoMessageType\"", "\"payloads\"", "\"@type\"", "\"workflowId\"", "\"startTime\"", "\"\\ud800\"", "\u0000", "é",
        ];
        string[] keys =
        [
            "namespace", "execution.runId", "execution", "execution.x.y", "pageSize", "page_size", "startTime", "identity[a]", "x[", "a.b", ".", "",
            "header.fields[a]", "nextPageToken", "query.queryArgs", "pretty",
        ];
        Gen.Select(
            Gen.Int[0, bindings.Count - 1],
            Gen.Int[0, bits.Length - 1].Array[0, 24],
            Gen.Select(Gen.Int[0, keys.Length - 1], Gen.String).Array[0, 3]).Sample(
            (at, body, query) =>
            {
                var binding = bindings[at];
                var path = string.Concat(binding.Path.Segments.Select(segment => "/" + (segment.IsField ? "%2e%00%ff" : segment.Name)));
                var text = string.Join('&', query.Select(pair => $"{Uri.EscapeDataString(keys[pair.Item1])}={Escape(pair.Item2)}"));

                var called = CallAsync(binding.Verb, $"{path}?{text}", string.Concat(body.Select(bit => bits[bit]))).GetAwaiter().GetResult();

                Assert.Contains(called.Status, new[] { 200, 400 });
            },
            iter: 3000,
            threads: 1);
    }

    /// <summary>Half a surrogate pair cannot be escaped.</summary>
    private static string Escape(string text) =>
        string.Concat(text.Where(character => !char.IsSurrogate(character)).Select(character => Uri.EscapeDataString($"{character}")));

    private static object? ValueAt(IMessage message, string path)
    {
        object? at = message;
        foreach (var name in path.Split('.'))
        {
            var holder = Assert.IsType<IMessage>(at, exactMatch: false);
            at = holder.Descriptor.FindFieldByName(name).Accessor.GetValue(holder);
        }

        return at;
    }

    /// <summary>A text field that the path does not set.</summary>
    private static (FieldDescriptor? Field, string Value) ExtraField(MessageDescriptor type, HttpBinding binding)
    {
        var inPath = binding.Path.Segments.Where(segment => segment.IsField).Select(segment => segment.Name.Split('.')[0]);
        return (type.Fields.InDeclarationOrder().FirstOrDefault(field =>
            field is { FieldType: FieldType.String, IsRepeated: false } && !inPath.Contains(field.Name)), "extra");
    }

    private static async Task<Called> CallAsync(
        string verb, string target, string body = "", Dictionary<string, string>? headers = null)
    {
        var called = new Called();
        var rpcs = HttpServices.All.SelectMany(service => service.Methods).ToDictionary(
            method => $"/{method.Service.FullName}/{method.Name}", method => (IBoundRpc)new RecordingRpc(method, called));
        var http = new DefaultHttpContext();
        http.Request.Method = verb;
        http.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget = target;
        http.Request.QueryString = target.Contains('?', StringComparison.Ordinal)
            ? new QueryString(target[target.IndexOf('?', StringComparison.Ordinal)..])
            : QueryString.Empty;
        http.Request.Body = new MemoryStream(Encoding.UTF8.GetBytes(body));
        http.Connection.RemoteIpAddress = IPAddress.Loopback;
        foreach (var (name, value) in headers ?? [])
        {
            http.Request.Headers[name] = value;
        }

        using var answer = new MemoryStream();
        http.Response.Body = answer;
        using var meters = new EngineMeters();
        var instruments = new HttpInstruments(meters, new NamespaceDirectory([]));
        await new HttpGateway(new HttpRpcs(() => rpcs, instruments, TimeProvider.System, TimeProvider.System)).RunAsync(http);
        called.Status = http.Response.StatusCode;
        called.Body = Encoding.UTF8.GetString(answer.ToArray());
        return called;
    }

    private sealed class Called
    {
        public string? Method { get; set; }

        public IMessage? Request { get; set; }

        public ServerCallContext? Context { get; set; }

        public int Status { get; set; }

        public string Body { get; set; } = "";
    }

    private sealed class RecordingRpc(MethodDescriptor method, Called called) : IBoundRpc
    {
        public string Name => method.Name;

        public Type? RequestType => method.InputType.ClrType;

        public Type? ResponseType => method.OutputType.ClrType;

        public void AddTo<TService>(ServiceMethodProviderContext<TService> context)
            where TService : class
        {
        }

        public Task<IMessage> AnswerAsync(IMessage request, ServerCallContext context)
        {
            (called.Method, called.Request, called.Context) = (context.Method, request, context);
            return Task.FromResult(method.OutputType.Parser.ParseFrom(ByteString.Empty));
        }
    }
}
