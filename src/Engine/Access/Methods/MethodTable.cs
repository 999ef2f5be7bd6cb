namespace AugmentedOS.Engine.Access.Methods;

/// <summary>Every method that is served, with what it asks of its callers. A test holds it against the API's descriptors:
/// a method that is missing here is denied to all.</summary>
internal static class MethodTable
{
    private const string Workflows = "temporal.api.workflowservice.v1.WorkflowService";
    private const string Operators = "temporal.api.operatorservice.v1.OperatorService";
    private const string Tests = "temporal.api.testservice.v1.TestService";
    private const string Nexus = "temporal.api.nexusservice.v1.NexusService";

    private static readonly Lazy<Dictionary<string, MethodProfile>> Table = new(static () =>
        WorkflowMethods.All.Select(method => (Service: Workflows, method))
            .Concat(OperatorMethods.All.Select(method => (Service: Operators, method)))
            .Concat(OtherMethods.OfTests.Select(method => (Service: Tests, method)))
            .Concat(OtherMethods.OfNexus.Select(method => (Service: Nexus, method)))
            .Concat(OtherMethods.OfHealth.Select(method => (Service: "grpc.health.v1.Health", method)))
            .Concat(OtherMethods.OfReflection.Select(method => (Service: "grpc.reflection.v1.ServerReflection", method)))
            .Concat(OtherMethods.OfReflection.Select(method => (Service: "grpc.reflection.v1alpha.ServerReflection", method)))
            .ToDictionary(
                pair => NameOf(pair.Service, pair.method.Name), pair => pair.method, StringComparer.Ordinal));

    /// <summary>All, by their full names: <c>/service/method</c>.</summary>
    public static IReadOnlyDictionary<string, MethodProfile> All => Table.Value;

    /// <summary>Null when nobody has classified it.</summary>
    public static MethodProfile? Find(string service, string method) =>
        Table.Value.GetValueOrDefault(NameOf(service, method));

    private static string NameOf(string service, string method) => $"/{service}/{method}";
}
