using Google.Protobuf.Reflection;
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
}
