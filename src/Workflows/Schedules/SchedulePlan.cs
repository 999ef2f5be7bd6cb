using Temporalio.Client.Schedules;
using Temporalio.Converters;

namespace AugmentedOS.Workflows.Schedules;

/// <summary>A schedule as it shall be on the server.</summary>
internal sealed record SchedulePlan(Schedule Schedule, string Fingerprint)
{
    private static readonly TimeSpan ShortestCatchupWindow = TimeSpan.FromSeconds(10);

    /// <summary>Whether a schedule of the server's is the declared one: it was made from the same declaration, and
    /// whoever edited it since has left alone what a server returns as it was given.</summary>
    public async Task<bool> IsAsAsync(Schedule found)
    {
        if (found.Action is not ScheduleActionStartWorkflow action
            || action.Options.Memo?.GetValueOrDefault(ScheduleFingerprint.Memo) is not IEncodedRawValue memo)
        {
            return false;
        }

        var wanted = (ScheduleActionStartWorkflow)Schedule.Action;
        return await memo.ToValueAsync<string>().ConfigureAwait(false) == Fingerprint
            && action.Workflow == wanted.Workflow
            && action.Options.TaskQueue == wanted.Options.TaskQueue
            && action.Args.Count == wanted.Args.Count
            && SamePolicy(found.Policy)
            && SameTimes(found.Spec);
    }

    private bool SamePolicy(SchedulePolicy found)
    {
        // Without a catch-up window the server has its own, and it raises one that is too short.
        var wanted = Schedule.Policy;
        var windowIsServers = wanted.CatchupWindow is null || wanted.CatchupWindow < ShortestCatchupWindow;
        return wanted with { CatchupWindow = null } == found with { CatchupWindow = null }
            && (windowIsServers || found.CatchupWindow == wanted.CatchupWindow);
    }

    private bool SameTimes(ScheduleSpec found)
    {
        var wanted = Schedule.Spec;
        return found.StartAt == wanted.StartAt
            && found.EndAt == wanted.EndAt
            && (found.Jitter ?? TimeSpan.Zero) == (wanted.Jitter ?? TimeSpan.Zero)
            && (wanted.CronExpressions.Count > 0 || SameIntervals(found, wanted))
            && (wanted.CronExpressions.Count > 0 || found.Calendars.Count == wanted.Calendars.Count);
    }

    private static bool SameIntervals(ScheduleSpec found, ScheduleSpec wanted) =>
        found.Intervals.Select(Normal).SequenceEqual(wanted.Intervals.Select(Normal));

    private static (TimeSpan Every, TimeSpan Offset) Normal(ScheduleIntervalSpec interval) =>
        (interval.Every, interval.Offset ?? TimeSpan.Zero);
}
