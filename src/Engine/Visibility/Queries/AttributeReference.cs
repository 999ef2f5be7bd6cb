using System.Diagnostics.CodeAnalysis;

namespace AugmentedOS.Engine.Visibility.Queries;

/// <summary>The attribute that a query means by a name.</summary>
/// <param name="Written">The name in the query, for error texts.</param>
/// <param name="ValuePrefix">What stands before the stored values: a schedule's id is part of a workflow id.</param>
internal sealed record AttributeReference(string Written, SearchAttribute Attribute, string ValuePrefix = "")
{
    public static bool TryResolve(
        string name, SearchAttributeCatalog catalog, [NotNullWhen(true)] out AttributeReference? reference)
    {
        reference = null;
        if (catalog.TryFind(name, out var attribute))
        {
            reference = new AttributeReference(name, attribute);
            return true;
        }

        const string prefix = BuiltInSearchAttributes.ReservedPrefix;
        var isPrefixed = name.StartsWith(prefix, StringComparison.Ordinal);
        var bare = isPrefixed ? name[prefix.Length..] : name;
        if (bare == BuiltInSearchAttributes.ScheduleId)
        {
            reference = new AttributeReference(
                name,
                BuiltInSearchAttributes.All[BuiltInSearchAttributes.WorkflowId],
                BuiltInSearchAttributes.ScheduleWorkflowIdPrefix);
            return true;
        }

        if (catalog.TryFind(isPrefixed ? bare : prefix + name, out attribute))
        {
            reference = new AttributeReference(name, attribute);
        }

        return reference is not null;
    }
}
