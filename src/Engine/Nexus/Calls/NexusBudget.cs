using AugmentedOS.Engine.Executions;
using AugmentedOS.Engine.Executions.Nexus;
using Temporalio.Api.Enums.V1;

namespace AugmentedOS.Engine.Nexus.Calls;

/// <summary>How long a request may take, and which of the operation's timeouts says so.</summary>
internal readonly record struct NexusBudget(TimeSpan Time, TimeoutType Type)
{
    /// <summary>A start has what is left of schedule-to-start, which is never longer than the whole.</summary>
    public static NexusBudget OfStart(NexusOperation operation, Instant now, EngineLimits limits)
    {
        var elapsed = now - operation.ScheduledAt;
        if (operation.ScheduleToStart > TimeSpan.Zero)
        {
            return new(Min(limits.NexusRequestTimeout, operation.ScheduleToStart - elapsed), TimeoutType.ScheduleToStart);
        }

        return operation.ScheduleToClose > TimeSpan.Zero
            ? new(Min(limits.NexusRequestTimeout, operation.ScheduleToClose - elapsed), TimeoutType.ScheduleToClose)
            : new(limits.NexusRequestTimeout, TimeoutType.Unspecified);
    }

    /// <summary>A cancellation has what is left of the operation itself.</summary>
    public static NexusBudget OfCancel(NexusOperation operation, Instant now, EngineLimits limits)
    {
        var budget = new NexusBudget(limits.NexusRequestTimeout, TimeoutType.Unspecified);
        if (operation is { StartedAt: { } started } && operation.StartToClose > TimeSpan.Zero)
        {
            budget = new(Min(budget.Time, operation.StartToClose - (now - started)), TimeoutType.StartToClose);
        }

        return operation.ScheduleToClose > TimeSpan.Zero
            ? new(
                Min(budget.Time, operation.ScheduleToClose - (now - operation.ScheduledAt)),
                TimeoutType.ScheduleToClose)
            : budget;
    }

    /// <summary>What a handler is told of the operation's own time; null when it has all the time in the world.</summary>
    public static TimeSpan? OfOperation(NexusOperation operation, Instant now)
    {
        TimeSpan? time = operation.StartToClose > TimeSpan.Zero ? operation.StartToClose : null;
        if (operation.ScheduleToClose <= TimeSpan.Zero)
        {
            return time;
        }

        var left = operation.ScheduleToClose - (now - operation.ScheduledAt);
        return time is { } own && own < left ? own : left;
    }

    private static TimeSpan Min(TimeSpan left, TimeSpan right) => left < right ? left : right;
}
