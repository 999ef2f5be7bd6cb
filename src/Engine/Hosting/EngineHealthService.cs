using System.Threading.Channels;
using AugmentedOS.Engine.Api.Binding;
using Grpc.Core;
using Grpc.Health.V1;
using Status = Grpc.Core.Status;

namespace AugmentedOS.Engine.Hosting;

/// <summary><c>grpc.health.v1.Health</c>: serving while the engine can work and is not stopping.</summary>
internal sealed class EngineHealthService(EngineCore core) : Health.HealthBase
{
    private static readonly HashSet<string> Services = new(StringComparer.Ordinal)
    {
        "",
        WorkflowRpcs.Name,
        OperatorRpcs.Name,
        "temporal.server.api.adminservice.v1.AdminService",
    };

    public override Task<HealthCheckResponse> Check(HealthCheckRequest request, ServerCallContext context) =>
        Services.Contains(request.Service)
            ? Task.FromResult(Current())
            : throw new RpcException(new Status(StatusCode.NotFound, "unknown service"));

    public override async Task Watch(
        HealthCheckRequest request, IServerStreamWriter<HealthCheckResponse> responseStream, ServerCallContext context)
    {
        if (!Services.Contains(request.Service))
        {
            await responseStream.WriteAsync(
                new HealthCheckResponse { Status = HealthCheckResponse.Types.ServingStatus.ServiceUnknown },
                context.CancellationToken).ConfigureAwait(false);
            return;
        }

        var changes = Channel.CreateBounded<bool>(new BoundedChannelOptions(1)
        {
            FullMode = BoundedChannelFullMode.DropWrite,
        });
        void OnChanged() => changes.Writer.TryWrite(true);
        core.Readiness.Changed += OnChanged;
        try
        {
            while (true)
            {
                await responseStream.WriteAsync(Current(), context.CancellationToken).ConfigureAwait(false);
                if (core.Readiness.IsStopping)
                {
                    return;
                }

                await changes.Reader.ReadAsync(context.CancellationToken).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException)
        {
            // The watcher went away.
        }
        finally
        {
            core.Readiness.Changed -= OnChanged;
        }
    }

    private HealthCheckResponse Current() => new()
    {
        Status = core.Readiness.Problem is null
            ? HealthCheckResponse.Types.ServingStatus.Serving
            : HealthCheckResponse.Types.ServingStatus.NotServing,
    };
}
