namespace AugmentedOS.Engine.Schedules.Inputs;

/// <summary>Requests that were carried out, so that a client's repetition is not carried out again.</summary>
internal static class KnownRequests
{
    private const int Kept = 20;

    public static bool Contains(ScheduleState state, string requestId) =>
        requestId.Length > 0 && state.RequestIds.Contains(requestId);

    public static ScheduleState With(ScheduleState state, string requestId)
    {
        if (requestId.Length == 0)
        {
            return state;
        }

        var ids = state.RequestIds.Count < Kept ? state.RequestIds : state.RequestIds.RemoveAt(0);
        return state with { RequestIds = ids.Add(requestId) };
    }
}
