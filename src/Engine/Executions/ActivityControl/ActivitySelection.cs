namespace AugmentedOS.Engine.Executions.ActivityControl;

/// <summary>Which pending activities an operator means: one by its id, all of a type, or all.</summary>
/// <param name="Id">Null unless one is meant by its id.</param>
/// <param name="Type">Null unless all of a type are meant.</param>
internal sealed record ActivitySelection(string? Id, string? Type)
{
    public static ActivitySelection All { get; } = new(null, null);

    public static Rejection NotFound { get; } = Rejection.NotFound(
        "Can't find pending activity with such ID. Invalid activityID or activity already completed");

    /// <summary>In the order in which they were scheduled; empty when there is none.</summary>
    public IReadOnlyList<PendingActivity> Find(RunState state)
    {
        if (Id is not null)
        {
            return state.ActivityIds.TryGetValue(Id, out var scheduledEventId)
                ? [state.Activities[scheduledEventId]]
                : [];
        }

        return
        [
            .. state.Activities.Values.Where(a => Type is null || a.Attributes.ActivityType.Name == Type)
                .OrderBy(a => a.ScheduledEventId),
        ];
    }
}
