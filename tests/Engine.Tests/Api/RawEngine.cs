using Google.Protobuf;
using Grpc.Core;
using Grpc.Net.Client;

namespace AugmentedOS.Engine.Tests.Api;

/// <summary>Calls without an SDK between: any bytes, any deadline, the status as it travels.</summary>
public sealed class RawEngine(string address) : IDisposable
{
    private const string Workflows = "temporal.api.workflowservice.v1.WorkflowService";
    private const string Operators = "temporal.api.operatorservice.v1.OperatorService";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly GrpcChannel _channel = GrpcChannel.ForAddress(
        $"http://{address}", new GrpcChannelOptions { MaxSendMessageSize = null, MaxReceiveMessageSize = null });

    public CallInvoker Invoker => _channel.CreateCallInvoker();

    /// <summary>Sends bytes and expects to be refused.</summary>
    public async Task<RpcException> RefusedAsync(string service, string method, byte[] request)
    {
        var bytes = Marshallers.Create<byte[]>(static sent => sent, static received => received);
        var description = new Method<byte[], byte[]>(MethodType.Unary, service, method, bytes, bytes);
        return await Assert.ThrowsAsync<RpcException>(async () => await Invoker.AsyncUnaryCall(
            description, null, Options(Patience), request));
    }

    /// <summary>Sends a request, to the method that it is named after, and expects to be refused.</summary>
    /// <param name="patience">The deadline; null sends none.</param>
    public async Task<RpcException> RefusedAsync(IMessage request, TimeSpan? patience)
    {
        var bytes = Marshallers.Create<byte[]>(static sent => sent, static received => received);
        return await Assert.ThrowsAsync<RpcException>(async () => await Invoker.AsyncUnaryCall(
            MethodOf(request, bytes, bytes), null, Options(patience), request.ToByteArray()));
    }

    public Task<RpcException> RefusedAsync(IMessage request) => RefusedAsync(request, Patience);

    public async Task<TResponse> CallAsync<TResponse>(
        IMessage request, TimeSpan? patience = null, Metadata? headers = null, CancellationToken cancelled = default)
        where TResponse : class, IMessage<TResponse>, new()
    {
        var sent = Marshallers.Create<byte[]>(static bytes => bytes, static bytes => bytes);
        var received = Marshallers.Create<TResponse>(
            static message => message.ToByteArray(), new MessageParser<TResponse>(static () => new TResponse()).ParseFrom);
        return await Invoker.AsyncUnaryCall(
            MethodOf(request, sent, received),
            null,
            Options(patience ?? Patience).WithCancellationToken(cancelled).WithHeaders(headers ?? []),
            request.ToByteArray());
    }

    public void Dispose() => _channel.Dispose();

    private static CallOptions Options(TimeSpan? patience) =>
        new(deadline: patience is { } wait ? DateTime.UtcNow + wait : null);

    private static Method<byte[], TResponse> MethodOf<TResponse>(
        IMessage request, Marshaller<byte[]> sent, Marshaller<TResponse> received)
        where TResponse : class
    {
        var name = request.Descriptor.Name[..^"Request".Length];
        var service = request.Descriptor.File.Package.Contains("operator", StringComparison.Ordinal) ? Operators : Workflows;
        return new Method<byte[], TResponse>(MethodType.Unary, service, name, sent, received);
    }
}
