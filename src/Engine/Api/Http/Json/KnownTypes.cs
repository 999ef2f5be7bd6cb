using Google.Protobuf.Reflection;

namespace AugmentedOS.Engine.Api.Http.Json;

/// <summary>The message types that an <c>Any</c> may hold.</summary>
internal static class KnownTypes
{
    private static readonly Lazy<TypeRegistry> Registry = new(static () => TypeRegistry.FromFiles(
        Temporalio.Api.WorkflowService.V1.ServiceReflection.Descriptor,
        Temporalio.Api.OperatorService.V1.ServiceReflection.Descriptor,
        Temporalio.Api.ErrorDetails.V1.MessageReflection.Descriptor));

    /// <summary>Null when this type is not known.</summary>
    public static MessageDescriptor? Find(string typeUrl) =>
        Registry.Value.Find(typeUrl[(typeUrl.LastIndexOf('/') + 1)..]);
}
