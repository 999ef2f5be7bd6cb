using Temporalio.Api.Common.V1;

namespace AugmentedOS.Engine.Executions;

/// <summary>What a priority may say, and which one holds.</summary>
internal static class PriorityRules
{
    private const int LongestFairnessKey = 64;

    /// <summary>What is wrong with it, word for word; null when nothing is.</summary>
    public static string? Validate(Priority? priority)
    {
        if (priority is null)
        {
            return null;
        }

        if (priority.PriorityKey < 0)
        {
            return "priority key can't be negative";
        }

        if (Utf8Length.Of(priority.FairnessKey) > LongestFairnessKey)
        {
            return "fairness key length exceeds limit";
        }

        return priority.FairnessWeight < 0 ? "must be greater than zero" : null;
    }

    /// <summary>Field by field: what is set on the more specific one (an activity's, a child's) wins.</summary>
    public static Priority? Merge(Priority? general, Priority? specific)
    {
        if (general is null || specific is null)
        {
            return specific ?? general;
        }

        return new Priority
        {
            PriorityKey = specific.PriorityKey != 0 ? specific.PriorityKey : general.PriorityKey,
            FairnessKey = specific.FairnessKey.Length > 0 ? specific.FairnessKey : general.FairnessKey,
            FairnessWeight = specific.FairnessWeight != 0 ? specific.FairnessWeight : general.FairnessWeight,
        };
    }
}
