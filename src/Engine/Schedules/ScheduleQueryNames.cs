using System.Diagnostics.CodeAnalysis;
using AugmentedOS.Engine.Visibility;
using AugmentedOS.Engine.Visibility.Queries;
using Temporalio.Api.Enums.V1;

namespace AugmentedOS.Engine.Schedules;

/// <summary>What schedules can be found by: their id, whether they are paused, and custom attributes.</summary>
internal sealed class ScheduleQueryNames : IQueryNames
{
    private static readonly SearchAttribute Id =
        new(EntitySelect.Id, IndexedValueType.Keyword, SearchAttributeOrigin.System);

    public Rejection? Refusal { get; private set; }

    public bool TryResolve(
        string name, SearchAttributeCatalog catalog, [NotNullWhen(true)] out AttributeReference? reference)
    {
        const string prefix = BuiltInSearchAttributes.ReservedPrefix;
        var bare = name.StartsWith(prefix, StringComparison.Ordinal) ? name[prefix.Length..] : name;
        if (bare == BuiltInSearchAttributes.ScheduleId && !catalog.Custom.ContainsKey(name))
        {
            reference = new AttributeReference(name, Id);
            return true;
        }

        if (!AttributeReference.TryResolve(name, catalog, out reference))
        {
            return false;
        }

        var attribute = reference.Attribute;
        if (attribute.Origin != SearchAttributeOrigin.Custom && attribute.Name != BuiltInSearchAttributes.SchedulePaused)
        {
            Refusal ??= Rejection.InvalidArgument(
                $"invalid query filter for schedules: cannot filter on \"{attribute.Name}\"");
        }

        return true;
    }
}
