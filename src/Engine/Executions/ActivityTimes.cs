using Temporalio.Api.Command.V1;

namespace AugmentedOS.Engine.Executions;

/// <summary>An activity's four timeouts as its SCHEDULED event states them: what the command left out is deduced, and
/// nothing is longer than the run.</summary>
internal readonly record struct ActivityTimes(
    TimeSpan ScheduleToClose, TimeSpan ScheduleToStart, TimeSpan StartToClose, TimeSpan Heartbeat)
{
    /// <summary>What is wrong with a command's timeouts, word for word; null when nothing is.</summary>
    public static string? Validate(ScheduleActivityTaskCommandAttributes command)
    {
        var problem = Problem(command.ScheduleToCloseTimeout.Problem(), "ScheduleToCloseTimeout")
            ?? Problem(command.ScheduleToStartTimeout.Problem(), "ScheduleToStartTimeout")
            ?? Problem(command.StartToCloseTimeout.Problem(), "StartToCloseTimeout")
            ?? Problem(command.HeartbeatTimeout.Problem(), "HeartbeatTimeout");
        if (problem is not null)
        {
            return problem;
        }

        return command.ScheduleToCloseTimeout.OrZero() == TimeSpan.Zero
            && command.StartToCloseTimeout.OrZero() == TimeSpan.Zero
            ? "a valid StartToCloseTimeout or ScheduleToCloseTimeout must be set on the activity. "
                + $"ActivityId={command.ActivityId} ActivityType={command.ActivityType?.Name}"
            : null;
    }

    /// <param name="runTimeout">The run's own timeout; zero when it has none.</param>
    public static ActivityTimes Resolve(ScheduleActivityTaskCommandAttributes command, TimeSpan runTimeout)
    {
        var scheduleToClose = command.ScheduleToCloseTimeout.OrZero();
        var scheduleToStart = command.ScheduleToStartTimeout.OrZero();
        var startToClose = command.StartToCloseTimeout.OrZero();
        if (scheduleToClose > TimeSpan.Zero)
        {
            scheduleToStart = Within(scheduleToClose, Or(scheduleToStart, scheduleToClose));
            startToClose = Within(scheduleToClose, Or(startToClose, scheduleToClose));
        }
        else
        {
            scheduleToClose = runTimeout;
            scheduleToStart = Or(scheduleToStart, runTimeout);
        }

        startToClose = Within(runTimeout, startToClose);
        return new ActivityTimes(
            Within(runTimeout, scheduleToClose),
            Within(runTimeout, scheduleToStart),
            startToClose,
            Within(startToClose, command.HeartbeatTimeout.OrZero()));
    }

    private static TimeSpan Or(TimeSpan given, TimeSpan otherwise) => given > TimeSpan.Zero ? given : otherwise;

    private static TimeSpan Within(TimeSpan limit, TimeSpan given) =>
        limit > TimeSpan.Zero && given > limit ? limit : given;

    private static string? Problem(string? problem, string field) =>
        problem is null ? null : $"invalid {field}: {problem}";
}
