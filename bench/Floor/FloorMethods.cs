using Google.Protobuf;
using Grpc.AspNetCore.Server.Model;
using Grpc.Core;
using Temporalio.Api.WorkflowService.V1;

namespace AugmentedOS.Bench.Floor;

/// <summary>Binds the handful of calls that a one-activity workflow needs.</summary>
internal sealed class FloorMethods : IServiceMethodProvider<FloorServer>
{
    private const string Service = "temporal.api.workflowservice.v1.WorkflowService";

    public void OnServiceMethodDiscovery(ServiceMethodProviderContext<FloorServer> context)
    {
        Add<GetSystemInfoRequest, GetSystemInfoResponse>(context, "GetSystemInfo", (_, _, _) => Task.FromResult(
            new GetSystemInfoResponse
            {
                ServerVersion = "1.32.0",
                Capabilities = new() { SdkMetadata = true, EagerWorkflowStart = true, EncodedFailureAttributes = true },
            }));
        Add<DescribeNamespaceRequest, DescribeNamespaceResponse>(context, "DescribeNamespace", (_, request, _) =>
            Task.FromResult(new DescribeNamespaceResponse
            {
                NamespaceInfo = new() { Name = request.Namespace, Capabilities = new() },
            }));
        Add<StartWorkflowExecutionRequest, StartWorkflowExecutionResponse>(
            context, "StartWorkflowExecution", (server, request, call) => server.StartAsync(request, call));
        Add<PollWorkflowTaskQueueRequest, PollWorkflowTaskQueueResponse>(
            context, "PollWorkflowTaskQueue", (server, request, call) => server.PollWorkflowAsync(request, call));
        Add<PollActivityTaskQueueRequest, PollActivityTaskQueueResponse>(
            context, "PollActivityTaskQueue", (server, request, call) => server.PollActivityAsync(request, call));
        Add<RespondWorkflowTaskCompletedRequest, RespondWorkflowTaskCompletedResponse>(
            context, "RespondWorkflowTaskCompleted", (server, request, call) => server.CompleteTaskAsync(request, call));
        Add<RespondActivityTaskCompletedRequest, RespondActivityTaskCompletedResponse>(
            context, "RespondActivityTaskCompleted", (server, request, call) => server.CompleteActivityAsync(request, call));
        Add<GetWorkflowExecutionHistoryRequest, GetWorkflowExecutionHistoryResponse>(
            context, "GetWorkflowExecutionHistory", (server, request, call) => server.HistoryAsync(request, call));
    }

    private static void Add<TRequest, TResponse>(
        ServiceMethodProviderContext<FloorServer> context, string name, UnaryServerMethod<FloorServer, TRequest, TResponse> handler)
        where TRequest : class, IMessage<TRequest>, new()
        where TResponse : class, IMessage<TResponse>, new() =>
        context.AddUnaryMethod(
            new Method<TRequest, TResponse>(MethodType.Unary, Service, name, Marshal<TRequest>(), Marshal<TResponse>()),
            [],
            handler);

    private static Marshaller<T> Marshal<T>()
        where T : class, IMessage<T>, new()
    {
        var parser = new MessageParser<T>(() => new T());
        return new Marshaller<T>(
            (message, context) =>
            {
                context.SetPayloadLength(message.CalculateSize());
                message.WriteTo(context.GetBufferWriter());
                context.Complete();
            },
            context => parser.ParseFrom(context.PayloadAsReadOnlySequence()));
    }
}
