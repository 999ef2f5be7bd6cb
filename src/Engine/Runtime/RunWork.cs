using AugmentedOS.Engine.Clocks;
using AugmentedOS.Engine.Executions;

namespace AugmentedOS.Engine.Runtime;

/// <summary>What of a run is in a worker's hands or waits for one: while it is, time is not skipped.</summary>
internal static class RunWork
{
    /// <remarks>Looks at every activity, so only engines whose time can be skipped ask.</remarks>
    public static HeldWork Of(RunState state)
    {
        if (state.IsClosed)
        {
            return default;
        }

        var (attempts, waiting) = (0, state.Task is { IsStarted: false } ? 1 : 0);
        foreach (var activity in state.Activities.Values)
        {
            if (activity.IsStarted)
            {
                attempts++;
            }
            else if (!activity.WaitsForRetry)
            {
                waiting++;
            }
        }

        return new HeldWork(state.Task is { IsStarted: true } ? 1 : 0, attempts, waiting);
    }
}
