using Temporalio.Activities;

namespace AugmentedOS.Workflows.Digests;

/// <summary>What a digest asks its worker's machine.</summary>
public static class DigestActivities
{
    /// <summary>When the next digest is due. An activity, since the rules of time zones change with the machine, and a
    /// replay has to see what was true then.</summary>
    [Activity("aos.digest.next")]
    public static DateTime Next(DigestSchedule schedule, DateTime after)
    {
        ArgumentNullException.ThrowIfNull(schedule);
        return schedule.Next(after);
    }
}
