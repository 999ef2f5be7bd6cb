using Google.Protobuf;
using Google.Protobuf.Reflection;
using Temporalio.Api.WorkflowService.V1;
using Temporalio.Client;

namespace AugmentedOS.Compatibility;

/// <summary>One thing that the server tells clients it can do.</summary>
/// <param name="Where">The message that announces it.</param>
internal sealed record Capability(string Where, string Name, bool IsOn)
{
    public static async Task<IReadOnlyList<Capability>> AllAsync(ITemporalClient client)
    {
        var service = client.Connection.WorkflowService;
        var system = await service.GetSystemInfoAsync(new GetSystemInfoRequest());
        var described = await service.DescribeNamespaceAsync(new DescribeNamespaceRequest { Namespace = "default" });
        return
        [
            .. Of("GetSystemInfo", system.Capabilities),
            .. Of("DescribeNamespace", described.NamespaceInfo.Capabilities),
        ];
    }

    private static IEnumerable<Capability> Of(string message, IMessage capabilities) =>
        from field in capabilities.Descriptor.Fields.InDeclarationOrder()
        where field.FieldType == FieldType.Bool
        select new Capability(message, field.Name, (bool)field.Accessor.GetValue(capabilities));
}
