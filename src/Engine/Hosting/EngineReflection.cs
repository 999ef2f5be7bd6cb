using AugmentedOS.Engine.Access.Methods;
using AugmentedOS.Engine.Api.Admission;
using AugmentedOS.Engine.Api.Binding;
using Google.Protobuf.Reflection;
using Grpc.Core;
using Grpc.Health.V1;

namespace AugmentedOS.Engine.Hosting;

/// <summary>The services that reflection tells of. Their descriptors are read when somebody first asks.</summary>
internal static class EngineReflection
{
    public static IEnumerable<ServiceDescriptor> Services =>
    [
        .. Temporalio.Api.WorkflowService.V1.ServiceReflection.Descriptor.Services,
        .. Temporalio.Api.OperatorService.V1.ServiceReflection.Descriptor.Services,
        Health.Descriptor,
    ];

    /// <exception cref="RpcException">The caller may not ask.</exception>
    public static async Task AdmitAsync(EngineCore core, ServerCallContext context)
    {
        var method = MethodTable.Find("grpc.reflection.v1.ServerReflection", "ServerReflectionInfo");
        var entry = await core.Api.Admission
            .EnterAsync(method, "", waits: false, new CallerHeaders(context)).ConfigureAwait(false);
        if (entry.Refusal is { } refusal)
        {
            throw RejectionStatus.ToException(refusal);
        }
    }
}
