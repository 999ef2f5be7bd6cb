using System.Text;
using Google.Protobuf;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Nexus.V1;
using Temporalio.Api.OperatorService.V1;
using Temporalio.Api.WorkflowService.V1;

namespace AugmentedOS.Engine.Tests.Api.Nexus;

/// <summary>An engine with its HTTP port that may call back anywhere, and a handler that a test plays itself.</summary>
public sealed class NexusEngine : IAsyncLifetime
{
    public EngineFixture Engine { get; private set; } = null!;

    public RawEngine Raw { get; private set; } = null!;

    public HttpClient Http { get; private set; } = null!;

    public static string NewName(string prefix) => $"{prefix}-{Guid.NewGuid():N}";

    public async ValueTask InitializeAsync()
    {
        Engine = await EngineFixture.StartAsync(options =>
        {
            options.HttpPort = 0;
            options.DynamicConfig["callback.allowedAddresses"] = """[{"Pattern": "*", "AllowInsecure": true}]""";
        });
        Raw = new RawEngine(Engine.Address);
        Http = new HttpClient { BaseAddress = new Uri($"http://{Engine.Engine.HttpAddress}") };
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        Raw.Dispose();
        await Engine.DisposeAsync();
    }

    public async Task<Endpoint> CreateEndpointAsync(string queue) =>
        (await Raw.CallAsync<CreateNexusEndpointResponse>(new CreateNexusEndpointRequest
        {
            Spec = SpecOf(NewName("endpoint"), queue),
        })).Endpoint;

    public static EndpointSpec SpecOf(string name, string queue) => new()
    {
        Name = name,
        Target = new EndpointTarget
        {
            Worker = new EndpointTarget.Types.Worker { Namespace = "default", TaskQueue = queue },
        },
    };

    /// <summary>Waits for a request as a worker does.</summary>
    public Task<PollNexusTaskQueueResponse> PollAsync(string queue) =>
        Raw.CallAsync<PollNexusTaskQueueResponse>(new PollNexusTaskQueueRequest
        {
            Namespace = "default",
            TaskQueue = new() { Name = queue },
            Identity = "handler",
        });

    public async Task CompleteAsync(PollNexusTaskQueueResponse task, StartOperationResponse response) =>
        await Raw.CallAsync<RespondNexusTaskCompletedResponse>(new RespondNexusTaskCompletedRequest
        {
            Namespace = "default",
            TaskToken = task.TaskToken,
            Response = new Response { StartOperation = response },
        });

    public async Task<HttpResponseMessage> PostAsync(
        string path, string? body = null, string? type = "application/json", params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path);
        request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body ?? ""));
        if (type is not null)
        {
            request.Content.Headers.TryAddWithoutValidation("Content-Type", type);
        }

        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return await Http.SendAsync(request, TestContext.Current.CancellationToken);
    }

    public static string StartPath(string queue, string ns = "default") =>
        $"/namespaces/{ns}/task-queues/{queue}/nexus-services/service/operation";

    public static Payload Json(string json) => new()
    {
        Metadata = { ["encoding"] = ByteString.CopyFromUtf8("json/plain") },
        Data = ByteString.CopyFromUtf8(json),
    };

    public static async Task<string> BodyAsync(HttpResponseMessage response) =>
        await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
}
