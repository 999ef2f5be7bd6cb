using Google.Protobuf.Reflection;

namespace AugmentedOS.Compatibility;

/// <summary>One method of Temporal's API.</summary>
internal sealed record Rpc(string Service, string Name, string Request)
{
    /// <summary>Its service's short name.</summary>
    public string Room => Service[(Service.LastIndexOf('.') + 1)..];

    /// <summary>Its name in metrics, where the methods of the operator service carry the service's.</summary>
    public string Operation => Room == "OperatorService" ? "Operator" + Name : Name;

    public string Path => $"/{Service}/{Name}";

    public static IReadOnlyList<Rpc> All { get; } =
    [
        .. Of(Temporalio.Api.WorkflowService.V1.ServiceReflection.Descriptor),
        .. Of(Temporalio.Api.OperatorService.V1.ServiceReflection.Descriptor),
        .. Of(Temporalio.Api.TestService.V1.ServiceReflection.Descriptor),
    ];

    private static IEnumerable<Rpc> Of(FileDescriptor file) =>
        from service in file.Services
        from method in service.Methods
        orderby method.Name
        select new Rpc(service.FullName, method.Name, method.InputType.Name);
}
