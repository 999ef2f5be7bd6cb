using Grpc.Core;
using Grpc.Reflection;
using Grpc.Reflection.V1Alpha;

namespace AugmentedOS.Engine.Hosting;

/// <summary><c>grpc.reflection.v1alpha.ServerReflection</c>, which most tools still ask.</summary>
internal sealed class EngineReflectionAlphaService(EngineCore core) : ServerReflection.ServerReflectionBase
{
    private static readonly Lazy<ReflectionServiceImpl> Reflection = new(() => new(EngineReflection.Services));

    public override async Task ServerReflectionInfo(
        IAsyncStreamReader<ServerReflectionRequest> requestStream,
        IServerStreamWriter<ServerReflectionResponse> responseStream,
        ServerCallContext context)
    {
        await EngineReflection.AdmitAsync(core, context).ConfigureAwait(false);
        await Reflection.Value.ServerReflectionInfo(requestStream, responseStream, context).ConfigureAwait(false);
    }
}
