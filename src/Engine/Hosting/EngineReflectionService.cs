using Grpc.Core;
using Grpc.Reflection;
using Grpc.Reflection.V1;

namespace AugmentedOS.Engine.Hosting;

/// <summary><c>grpc.reflection.v1.ServerReflection</c>.</summary>
internal sealed class EngineReflectionService : ServerReflection.ServerReflectionBase
{
    private static readonly Lazy<ReflectionV1ServiceImpl> Reflection = new(() => new(EngineReflection.Services));

    public override Task ServerReflectionInfo(
        IAsyncStreamReader<ServerReflectionRequest> requestStream,
        IServerStreamWriter<ServerReflectionResponse> responseStream,
        ServerCallContext context) =>
        Reflection.Value.ServerReflectionInfo(requestStream, responseStream, context);
}
