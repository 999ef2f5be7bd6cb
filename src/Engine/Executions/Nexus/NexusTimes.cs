using Google.Protobuf.WellKnownTypes;

namespace AugmentedOS.Engine.Executions.Nexus;

/// <summary>An operation's three timeouts as its SCHEDULED event states them: nothing is longer than the whole, and the
/// whole not than the run or what the engine allows.</summary>
internal readonly record struct NexusTimes(Duration? ScheduleToClose, Duration? ScheduleToStart, Duration? StartToClose)
{
    /// <param name="runTimeout">Of the caller's run; zero when it has none.</param>
    public static NexusTimes Of(
        Duration? scheduleToClose,
        Duration? scheduleToStart,
        Duration? startToClose,
        TimeSpan runTimeout,
        EngineLimits limits)
    {
        var whole = scheduleToClose.OrZero();
        if (runTimeout > TimeSpan.Zero && (whole == TimeSpan.Zero || whole > runTimeout))
        {
            whole = runTimeout;
        }

        if (limits.MaxNexusScheduleToClose > TimeSpan.Zero && (whole == TimeSpan.Zero || whole > limits.MaxNexusScheduleToClose))
        {
            whole = limits.MaxNexusScheduleToClose;
        }

        return new NexusTimes(
            whole == scheduleToClose.OrZero() ? scheduleToClose : whole.ToProto(),
            Within(whole, scheduleToStart),
            Within(whole, startToClose));
    }

    private static Duration? Within(TimeSpan whole, Duration? part) =>
        whole > TimeSpan.Zero && part.OrZero() > whole ? whole.ToProto() : part;
}
