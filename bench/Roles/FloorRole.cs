using AugmentedOS.Bench.Floor;
using AugmentedOS.Bench.Processes;
using Grpc.AspNetCore.Server.Model;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace AugmentedOS.Bench.Roles;

/// <summary>The bare handlers in a process of their own.</summary>
internal static class FloorRole
{
    public static async Task RunAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Limits.Http2.MaxStreamsPerConnection = int.MaxValue;
            kestrel.Listen(System.Net.IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http2);
        });
        builder.Services.AddGrpc();
        builder.Services.AddSingleton<FloorServer>();
        builder.Services.AddSingleton<IServiceMethodProvider<FloorServer>, FloorMethods>();
        await using var app = builder.Build();
        app.MapGrpcService<FloorServer>();
        await app.StartAsync();
        var address = new Uri(app.Urls.First()).Authority;
        ChildProcess.SayReady($"{address} -");
        await ChildProcess.UntilParentEndsAsync();
        await app.StopAsync();
    }
}
