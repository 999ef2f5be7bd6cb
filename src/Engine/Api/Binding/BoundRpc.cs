using AugmentedOS.Engine.Access.Methods;
using Google.Protobuf;
using Grpc.AspNetCore.Server.Model;
using Grpc.Core;

namespace AugmentedOS.Engine.Api.Binding;

/// <inheritdoc cref="IBoundRpc"/>
/// <param name="make">Makes the RPC when it is called for the first time: a process that starts has no time for the 140
/// that nobody may call.</param>
/// <param name="name">Null when the request is named after its method, as nearly all of Temporal's are.</param>
internal sealed class BoundRpc<TRequest, TResponse>(
    string service, Func<IRpc<TRequest, TResponse>> make, CallGuard guard, string? name)
    : IBoundRpc
    where TRequest : class, IMessage<TRequest>, new()
    where TResponse : class, IMessage<TResponse>, new()
{
    private const string RequestSuffix = "Request";

    private IRpc<TRequest, TResponse>? _rpc;
    private MethodProfile? _method;
    private string? _operation;
    private MessageParser? _parser;

    public string Name { get; } = name ?? typeof(TRequest).Name[..^RequestSuffix.Length];

    public Type? RequestType => typeof(TRequest);

    public Type? ResponseType => typeof(TResponse);

    public void AddTo<TService>(ServiceMethodProviderContext<TService> context)
        where TService : class
    {
        var method = new Method<IMessage, IMessage>(
            MethodType.Unary, service, Name, MessageMarshaller.OfRequests(Parser), MessageMarshaller.OfResponses);
        context.AddUnaryMethod(method, [], (_, request, call) => AnswerAsync(request, call));
    }

    public Task<IMessage> AnswerAsync(IMessage request, ServerCallContext context)
    {
        _method ??= MethodTable.Find(service, Name);
        _operation ??= CallTags.OperationOf(service, Name);
        return guard.RunAsync(
            _operation, _method, LazyInitializer.EnsureInitialized(ref _rpc, make), (TRequest)request, context);
    }

    private MessageParser Parser() => _parser ??= new MessageParser<TRequest>(Create);

    private static TRequest Create() => new();
}
