using System.Reflection;
using Temporalio.Workflows;

namespace AugmentedOS.Workflows.Versioning;

/// <summary>Finds the patches that code declares: the static fields and properties of type <see cref="WorkflowPatch"/>.
/// </summary>
public static class PatchCatalog
{
    private const BindingFlags Statics =
        BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    /// <summary>The patches that an assembly declares, by id.</summary>
    /// <exception cref="InvalidOperationException">An id is declared twice, or a patch names no workflow.</exception>
    public static IReadOnlyList<DeclaredPatch> Of(Assembly assembly)
    {
        ArgumentNullException.ThrowIfNull(assembly);
        return Of(assembly.GetTypes());
    }

    /// <summary>The patches that these classes declare, by id.</summary>
    /// <exception cref="InvalidOperationException">An id is declared twice, or a patch names no workflow.</exception>
    public static IReadOnlyList<DeclaredPatch> Of(params Type[] types)
    {
        ArgumentNullException.ThrowIfNull(types);
        var found = new SortedDictionary<string, (DeclaredPatch Patch, Type Place)>(StringComparer.Ordinal);
        foreach (var (patch, place) in types.Distinct().SelectMany(PatchesOf))
        {
            if (!found.TryAdd(patch.Id, (Declare(patch, place), place)))
            {
                throw new InvalidOperationException(
                    $"The workflow patch '{patch.Id}' is declared twice, in {found[patch.Id].Place} and in {place}. "
                    + "An id is one change: declare it once, naming the workflows that use it, or give the second one "
                    + "an id of its own.");
            }
        }

        return [.. found.Values.Select(entry => entry.Patch)];
    }

    private static IEnumerable<(WorkflowPatch Patch, Type Place)> PatchesOf(Type type) =>
        type.ContainsGenericParameters
            ? []
            : type.GetFields(Statics)
                .Where(field => field.FieldType == typeof(WorkflowPatch))
                .Select(field => field.GetValue(null))
                .OfType<WorkflowPatch>()
                .Select(patch => (patch, type));

    private static DeclaredPatch Declare(WorkflowPatch patch, Type place)
    {
        IReadOnlyList<Type> workflows = patch.Workflows.Count > 0 ? patch.Workflows : [WorkflowAround(patch, place)];
        return new DeclaredPatch(patch.Id, patch.What, [.. workflows.Select(NameOf).Distinct(StringComparer.Ordinal)])
        {
            DeployedAt = patch.DeployedAt,
        };
    }

    private static Type WorkflowAround(WorkflowPatch patch, Type place)
    {
        for (var type = place; type is not null; type = type.DeclaringType!)
        {
            if (type.GetCustomAttribute<WorkflowAttribute>(inherit: false) is not null)
            {
                return type;
            }
        }

        throw new InvalidOperationException(
            $"The workflow patch '{patch.Id}' is declared in {place}, which is no workflow. Declare it in its "
            + "workflow, or name the workflows that use it: new WorkflowPatch(\"id\", \"what\", "
            + "typeof(OrderWorkflow)).");
    }

    private static string NameOf(Type workflow) =>
        WorkflowDefinition.Create(workflow).Name
        ?? throw new InvalidOperationException(
            $"A workflow patch names {workflow}, which is a dynamic workflow: its runs have other types' names and "
            + "cannot be found by it. Name the patch's workflows with classes of their own.");
}
