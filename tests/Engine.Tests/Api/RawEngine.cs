using Grpc.Core;
using Grpc.Net.Client;

namespace AugmentedOS.Engine.Tests.Api;

/// <summary>Calls without an SDK between: any bytes, any deadline, the status as it travels.</summary>
public sealed class RawEngine(string address) : IDisposable
{
    private readonly GrpcChannel _channel = GrpcChannel.ForAddress(
        $"http://{address}", new GrpcChannelOptions { MaxSendMessageSize = null, MaxReceiveMessageSize = null });

    public CallInvoker Invoker => _channel.CreateCallInvoker();

    /// <summary>Sends a request and expects to be refused.</summary>
    public async Task<RpcException> RefusedAsync(string service, string method, byte[] request)
    {
        var bytes = Marshallers.Create<byte[]>(static sent => sent, static received => received);
        var description = new Method<byte[], byte[]>(MethodType.Unary, service, method, bytes, bytes);
        return await Assert.ThrowsAsync<RpcException>(async () => await Invoker.AsyncUnaryCall(
            description, null, new CallOptions(deadline: DateTime.UtcNow.AddSeconds(20)), request));
    }

    public void Dispose() => _channel.Dispose();
}
