using System.Text.Json;

namespace AugmentedOS.Engine.Hosting.DynamicConfig;

/// <summary>Reads a value that may be a list of values with constraints, as in a Temporal server's file:
/// <c>[{"value": 100, "constraints": {"namespace": "orders"}}, {"value": 10}]</c>.</summary>
internal static class ConstrainedValues
{
    /// <summary>The values, each with the namespace that it is for: null for all others.</summary>
    /// <returns>Null when it cannot be understood.</returns>
    public static IReadOnlyList<(string? Namespace, JsonElement Value)>? Read(JsonElement json, out string problem)
    {
        problem = "";
        if (json.ValueKind != JsonValueKind.Array || json.GetArrayLength() == 0 || !json.EnumerateArray().All(IsConstrained))
        {
            return [(null, json)];
        }

        var values = new List<(string? Namespace, JsonElement Value)>();
        foreach (var item in json.EnumerateArray())
        {
            if (!TryReadNamespace(item, out var ns, out problem))
            {
                return null;
            }

            values.Add((ns, item.GetProperty("value")));
        }

        return values;
    }

    private static bool IsConstrained(JsonElement item) =>
        item.ValueKind == JsonValueKind.Object && item.TryGetProperty("value", out _);

    private static bool TryReadNamespace(JsonElement item, out string? ns, out string problem)
    {
        (ns, problem) = (null, "");
        if (!item.TryGetProperty("constraints", out var constraints) || constraints.ValueKind == JsonValueKind.Null)
        {
            return true;
        }

        if (constraints.ValueKind != JsonValueKind.Object)
        {
            problem = "its constraints are no object.";
            return false;
        }

        foreach (var constraint in constraints.EnumerateObject())
        {
            if (!constraint.Name.Equals("namespace", StringComparison.OrdinalIgnoreCase))
            {
                problem = $"a constraint by {constraint.Name} is not understood here, only by namespace.";
                return false;
            }

            if (constraint.Value.ValueKind != JsonValueKind.String)
            {
                problem = "the namespace of a constraint is its name.";
                return false;
            }

            ns = constraint.Value.GetString();
        }

        return true;
    }
}
