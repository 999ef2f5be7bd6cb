using Grpc.Core;
using Grpc.Reflection;
using Grpc.Reflection.V1;

namespace AugmentedOS.Engine.Hosting;

/// <summary><c>grpc.reflection.v1.ServerReflection</c>.</summary>
internal sealed class EngineReflectionService(EngineCore core) : ServerReflection.ServerReflectionBase
{
    private static readonly Lazy<ReflectionV1ServiceImpl> Reflection = new(() => new(EngineReflection.Services));

    public override async Task ServerReflectionInfo(
        IAsyncStreamReader<ServerReflectionRequest> requestStream,
        IServerStreamWriter<ServerReflectionResponse> responseStream,
        ServerCallContext context)
    {
        await EngineReflection.AdmitAsync(core, context).ConfigureAwait(false);
        await Reflection.Value.ServerReflectionInfo(requestStream, responseStream, context).ConfigureAwait(false);
    }
}
