namespace AugmentedOS.Engine.Executions.Pausing;

/// <summary>The search attribute by which operators find what is paused.</summary>
internal static class PauseInfoAttribute
{
    public const string Name = "TemporalPauseInfo";

    /// <summary>The state with the attribute as its pauses make it.</summary>
    public static RunState Refresh(RunState state)
    {
        if (state.Activity is not null)
        {
            return state; // Its status says it.
        }

        var entries = new List<string>();
        if (state.Pause is { } pause)
        {
            entries.Add($"Workflow:{state.Key.WorkflowId}");
            if (pause.Reason.Length > 0)
            {
                entries.Add($"Reason:{pause.Reason}");
            }
        }

        entries.AddRange(state.Activities.Values.Where(a => a.Pause is not null)
            .Select(a => a.Attributes.ActivityType.Name)
            .Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal)
            .Select(type => $"property:activityType={type}"));
        return state with
        {
            SearchAttributes = entries.Count == 0
                ? state.SearchAttributes.Remove(Name)
                : state.SearchAttributes.SetItem(Name, KeywordListPayload.Of(entries)),
        };
    }
}
