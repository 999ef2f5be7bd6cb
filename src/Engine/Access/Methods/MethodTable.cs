namespace AugmentedOS.Engine.Access.Methods;

/// <summary>Every method that is served, with what it asks of its callers. A test holds it against the API's descriptors:
/// a method that is missing here is denied to all.</summary>
internal static class MethodTable
{
    private const string Workflows = "temporal.api.workflowservice.v1.WorkflowService";
    private const string Operators = "temporal.api.operatorservice.v1.OperatorService";
    private const string Tests = "temporal.api.testservice.v1.TestService";
    private const string OpenApi = "temporal.api.openapi.v1.OpenAPIService";
    private const string Nexus = "temporal.api.nexusservice.v1.NexusService";

    private static readonly Lazy<Dictionary<string, MethodProfile>> Table = new(Read);

    /// <summary>All, by their full names: <c>/service/method</c>.</summary>
    public static IReadOnlyDictionary<string, MethodProfile> All => Table.Value;

    /// <summary>Null when nobody has classified it.</summary>
    public static MethodProfile? Find(string service, string method) =>
        Table.Value.GetValueOrDefault(NameOf(service, method));

    // Every engine reads it while it starts: loops cost a cold process less than queries over pairs.
    private static Dictionary<string, MethodProfile> Read()
    {
        var table = new Dictionary<string, MethodProfile>(StringComparer.Ordinal);
        Add(Workflows, WorkflowMethods.All);
        Add(Operators, OperatorMethods.All);
        Add(Tests, OtherMethods.OfTests);
        Add(Nexus, OtherMethods.OfNexus);
        Add(OpenApi, OtherMethods.OfOpenApi);
        Add("grpc.health.v1.Health", OtherMethods.OfHealth);
        Add("grpc.reflection.v1.ServerReflection", OtherMethods.OfReflection);
        Add("grpc.reflection.v1alpha.ServerReflection", OtherMethods.OfReflection);
        return table;

        void Add(string service, IReadOnlyList<MethodProfile> methods)
        {
            foreach (var method in methods)
            {
                table.Add(NameOf(service, method.Name), method);
            }
        }
    }

    private static string NameOf(string service, string method) => $"/{service}/{method}";
}
