using AugmentedOS.Engine.Access.Methods;
using Google.Protobuf;
using Grpc.AspNetCore.Server.Model;
using Grpc.Core;

namespace AugmentedOS.Engine.Api.Binding;

/// <inheritdoc cref="IBoundRpc"/>
/// <param name="name">Null when the request is named after its method, as nearly all of Temporal's are.</param>
internal sealed class BoundRpc<TRequest, TResponse>(
    string service, IRpc<TRequest, TResponse> rpc, CallGuard guard, string? name)
    : IBoundRpc
    where TRequest : class, IMessage<TRequest>, new()
    where TResponse : class, IMessage<TResponse>, new()
{
    private const string RequestSuffix = "Request";

    private readonly MethodProfile? _method = MethodTable.Find(
        service, name ?? typeof(TRequest).Name[..^RequestSuffix.Length]);

    private readonly string _operation = CallTags.OperationOf(
        service, name ?? typeof(TRequest).Name[..^RequestSuffix.Length]);

    private readonly Lazy<MessageParser> _parser = new(static () => new MessageParser<TRequest>(static () => new TRequest()));

    public string Name { get; } = name ?? typeof(TRequest).Name[..^RequestSuffix.Length];

    public Type? RequestType => typeof(TRequest);

    public Type? ResponseType => typeof(TResponse);

    public void AddTo<TService>(ServiceMethodProviderContext<TService> context)
        where TService : class
    {
        var method = new Method<IMessage, IMessage>(
            MethodType.Unary,
            service,
            Name,
            MessageMarshaller.OfRequests(() => _parser.Value),
            MessageMarshaller.OfResponses);
        context.AddUnaryMethod(method, [], (_, request, call) => AnswerAsync(request, call));
    }

    public Task<IMessage> AnswerAsync(IMessage request, ServerCallContext context) =>
        guard.RunAsync(_operation, _method, rpc, (TRequest)request, context);
}
