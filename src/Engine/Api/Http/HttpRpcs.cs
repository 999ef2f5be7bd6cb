using AugmentedOS.Engine.Api.Binding;
using AugmentedOS.Engine.Api.Http.Requests;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Grpc.Core;
using Microsoft.AspNetCore.Http;

namespace AugmentedOS.Engine.Api.Http;

/// <summary>Calls the engine's RPCs for HTTP requests: the same objects, behind the same guard, as over gRPC.</summary>
/// <param name="rpcs">By their full names: <c>/service/method</c>. Asked for with the first request.</param>
/// <param name="wall">See <see cref="Call"/>.</param>
internal sealed class HttpRpcs(
    Func<IReadOnlyDictionary<string, IBoundRpc>> rpcs, HttpInstruments instruments, TimeProvider time, TimeProvider wall)
{
    private const string TimeoutHeader = "Grpc-Timeout";
    private readonly Lazy<IReadOnlyDictionary<string, IBoundRpc>> _rpcs = new(rpcs);

    public HttpRpcs(IReadOnlyList<RpcService> services, HttpInstruments instruments, TimeProvider time, TimeProvider wall)
        : this(() => ByName(services), instruments, time, wall)
    {
    }

    /// <exception cref="RpcException">The call is refused.</exception>
    public async Task<IMessage> CallAsync(HttpContext http, MethodDescriptor method, IMessage request)
    {
        var name = NameOf(method.Service.FullName, method.Name);
        instruments.Called(name, request);
        if (GrpcTimeout.Parse(http.Request.Headers[TimeoutHeader]) is not { } patience)
        {
            return await _rpcs.Value[name].AnswerAsync(
                request, new HttpCallContext(http, name, DateTime.MaxValue, http.RequestAborted)).ConfigureAwait(false);
        }

        using var deadline = new CancellationTokenSource(patience, time);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, http.RequestAborted);
        var until = wall.GetUtcNow().UtcDateTime + patience;
        try
        {
            return await _rpcs.Value[name].AnswerAsync(request, new HttpCallContext(http, name, until, ended.Token))
                .ConfigureAwait(false);
        }
        catch (RpcException refused) when (refused.StatusCode == StatusCode.Cancelled && deadline.IsCancellationRequested)
        {
            throw new RpcException(new Status(StatusCode.DeadlineExceeded, "context deadline exceeded"));
        }
    }

    private static Dictionary<string, IBoundRpc> ByName(IEnumerable<RpcService> services) => services
        .SelectMany(service => service.Rpcs, static (service, rpc) => (Name: NameOf(service.FullName, rpc.Name), rpc))
        .ToDictionary(pair => pair.Name, pair => pair.rpc, StringComparer.Ordinal);

    private static string NameOf(string service, string method) => $"/{service}/{method}";
}
