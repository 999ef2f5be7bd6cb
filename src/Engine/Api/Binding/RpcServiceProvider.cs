using Grpc.AspNetCore.Server.Model;

namespace AugmentedOS.Engine.Api.Binding;

/// <summary>Hands a service's RPCs to the gRPC server, in place of generated code.</summary>
internal sealed class RpcServiceProvider<TService>(TService service) : IServiceMethodProvider<TService>
    where TService : RpcService
{
    public void OnServiceMethodDiscovery(ServiceMethodProviderContext<TService> context)
    {
        foreach (var rpc in service.Rpcs)
        {
            rpc.AddTo(context);
        }
    }
}
