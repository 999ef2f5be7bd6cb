using Grpc.Core;
using Grpc.Net.Client;

namespace AugmentedOS.Compatibility;

/// <summary>Asks a running engine which methods it does not have.</summary>
internal static class Probe
{
    private static readonly Marshaller<byte[]> Bytes = Marshallers.Create<byte[]>(static sent => sent, static got => got);

    /// <returns>The paths that answer UNIMPLEMENTED whatever they are sent.</returns>
    public static async Task<IReadOnlySet<string>> UnimplementedAsync(string address)
    {
        using var channel = GrpcChannel.ForAddress($"http://{address}");
        var invoker = channel.CreateCallInvoker();
        var missing = new HashSet<string>(StringComparer.Ordinal);
        foreach (var rpc in Rpc.All)
        {
            if (await CodeAsync(invoker, rpc) == StatusCode.Unimplemented)
            {
                missing.Add(rpc.Path);
            }
        }

        return missing;
    }

    private static async Task<StatusCode> CodeAsync(CallInvoker invoker, Rpc rpc)
    {
        var method = new Method<byte[], byte[]>(MethodType.Unary, rpc.Service, rpc.Name, Bytes, Bytes);
        try
        {
            await invoker.AsyncUnaryCall(method, null, new CallOptions(deadline: DateTime.UtcNow.AddSeconds(20)), []);
            return StatusCode.OK;
        }
        catch (RpcException refused)
        {
            return refused.StatusCode;
        }
    }
}
