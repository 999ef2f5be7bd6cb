namespace AugmentedOS.Engine.Executions.Pausing;

/// <summary>The search attribute by which operators find what is paused.</summary>
internal static class PauseInfoAttribute
{
    public const string Name = "TemporalPauseInfo";

    /// <summary>An activity was paused, goes on or is gone: the state with the attribute as it then is. Of the other
    /// activities only the counts are looked at, however many there are.</summary>
    /// <param name="state">After that.</param>
    /// <param name="after">Null when it is gone.</param>
    public static RunState Follow(RunState state, PendingActivity before, PendingActivity? after)
    {
        var isPaused = after is { Pause: not null };
        if (before.Pause is not null == isPaused)
        {
            return state;
        }

        var type = TypeOf(before);
        var count = state.PausedActivities.GetValueOrDefault(type) + (isPaused ? 1 : -1);
        var counted = state with
        {
            PausedActivities = count == 0
                ? state.PausedActivities.Remove(type)
                : state.PausedActivities.SetItem(type, count),
        };
        var isNews = count == (isPaused ? 1 : 0);
        return isNews ? Refresh(counted) : counted;
    }

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

        entries.AddRange(state.PausedActivities.Keys.Select(type => $"property:activityType={type}"));
        return state with
        {
            SearchAttributes = entries.Count == 0
                ? state.SearchAttributes.Remove(Name)
                : state.SearchAttributes.SetItem(Name, KeywordListPayload.Of(entries)),
        };
    }

    private static string TypeOf(PendingActivity activity) => activity.Attributes.ActivityType?.Name ?? "";
}
