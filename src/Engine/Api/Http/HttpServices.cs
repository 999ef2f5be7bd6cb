using Google.Protobuf.Reflection;

namespace AugmentedOS.Engine.Api.Http;

/// <summary>The services that are served over HTTP.</summary>
internal static class HttpServices
{
    public static IEnumerable<ServiceDescriptor> All =>
    [
        .. Temporalio.Api.WorkflowService.V1.ServiceReflection.Descriptor.Services,
        .. Temporalio.Api.OperatorService.V1.ServiceReflection.Descriptor.Services,
    ];
}
