using AugmentedOS.Engine.Api.Binding;
using Grpc.AspNetCore.Server.Model;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace AugmentedOS.Engine.Hosting;

/// <summary>Makes the engine's RPCs known to the gRPC server of a service collection.</summary>
internal static class EngineRpcRegistration
{
    public static IServiceCollection AddEngineRpcs(
        this IServiceCollection services, Func<IServiceProvider, EngineCore> core)
    {
        services.AddGrpc();
        services.TryAddSingleton(core);
        AddService(services, provider => provider.GetRequiredService<EngineCore>().Api.Workflows);
        AddService(services, provider => provider.GetRequiredService<EngineCore>().Api.Operators);
        AddService(services, provider => provider.GetRequiredService<EngineCore>().Api.Tests);
        services.TryAddSingleton(static provider =>
            new EngineHealthService(provider.GetRequiredService<EngineCore>()));
        services.TryAddSingleton<EngineReflectionService>();
        services.TryAddSingleton<EngineReflectionAlphaService>();
        return services;
    }

    private static void AddService<TService>(IServiceCollection services, Func<IServiceProvider, TService> find)
        where TService : RpcService
    {
        services.TryAddSingleton(find);
        services.AddSingleton<IServiceMethodProvider<TService>, RpcServiceProvider<TService>>();
        services.Configure<Grpc.AspNetCore.Server.GrpcServiceOptions<TService>>(options =>
        {
            // Sizes are checked where the exact text of the refusal can be given.
            options.MaxReceiveMessageSize = null;
            options.MaxSendMessageSize = null;
            options.SuppressCreatingService = true;
        });
    }
}
