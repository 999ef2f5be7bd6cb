using Temporalio.Api.Command.V1;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.History.V1;
using Temporalio.Api.TaskQueue.V1;

namespace AugmentedOS.Engine.Executions.Commands;

/// <summary>Schedules an activity.</summary>
internal static class ScheduleActivityCommand
{
    private const string InputTooLarge = "ScheduleActivityTaskCommandAttributes.Input exceeds size limit.";

    public static CommandFailure? Apply(CommandBatch batch, Command command)
    {
        var attributes = command.ScheduleActivityTaskCommandAttributes;
        if (attributes is null)
        {
            return Bad("ScheduleActivityTaskCommandAttributes is not set on ScheduleActivityTaskCommand.");
        }

        var policy = RetryPolicies.WithDefaults(attributes.RetryPolicy);
        if (Check(attributes, policy, batch) is { } failure)
        {
            return failure;
        }

        var scheduled = batch.Draft.Record(EventType.ActivityTaskScheduled, e =>
        {
            e.ActivityTaskScheduledEventAttributes = ToEvent(attributes, policy, batch);
            e.UserMetadata = command.UserMetadata;
        });
        if (attributes.RequestEagerExecution && batch.Context.Limits.Features.EagerActivities)
        {
            batch.RequestEager(scheduled.EventId);
        }

        return null;
    }

    private static CommandFailure? Check(
        ScheduleActivityTaskCommandAttributes attributes, RetryPolicy policy, CommandBatch batch)
    {
        var (state, limits) = (batch.State, batch.Context.Limits);
        if (Problem(attributes, policy, limits) is { } problem)
        {
            return Bad(problem);
        }

        if (attributes.Input?.CalculateSize() > limits.BlobSizeError)
        {
            return Bad(InputTooLarge) with { TerminatesRun = true };
        }

        if (state.Activities.Count >= limits.MaxPendingActivities)
        {
            return new CommandFailure(
                WorkflowTaskFailedCause.PendingActivitiesLimitExceeded,
                $"the number of pending activities, {state.Activities.Count}, has reached the per-workflow limit of "
                    + $"{limits.MaxPendingActivities}");
        }

        return state.ActivityIds.ContainsKey(attributes.ActivityId)
            ? new CommandFailure(
                WorkflowTaskFailedCause.ScheduleActivityDuplicateId,
                $"ActivityId {attributes.ActivityId} is already in use by an activity that has not ended.")
            : null;
    }

    private static string? Problem(
        ScheduleActivityTaskCommandAttributes attributes, RetryPolicy policy, EngineLimits limits)
    {
        if (attributes.TaskQueue is null)
        {
            return "taskQueue is not set";
        }

        if (TaskQueueNames.Problem(attributes.TaskQueue.Name, limits) is { } queueProblem)
        {
            return queueProblem;
        }

        var type = attributes.ActivityType?.Name ?? "";
        if (attributes.ActivityId.Length == 0)
        {
            return "activityId is not set";
        }

        if (type.Length == 0)
        {
            return "activityType is not set";
        }

        return RetryPolicies.Validate(policy)
            ?? TooLong("activityId", attributes.ActivityId, limits)
            ?? TooLong("activityType", type, limits)
            ?? PriorityRules.Validate(attributes.Priority)
            ?? ActivityTimes.Validate(attributes);
    }

    private static string? TooLong(string field, string value, EngineLimits limits)
    {
        var length = Utf8Length.Of(value);
        return length > limits.MaxIdLength
            ? $"{field} exceeds length limit. Length={length} Limit={limits.MaxIdLength}"
            : null;
    }

    private static ActivityTaskScheduledEventAttributes ToEvent(
        ScheduleActivityTaskCommandAttributes attributes, RetryPolicy policy, CommandBatch batch)
    {
        var times = ActivityTimes.Resolve(attributes, batch.State.Timeouts.Run);
        return new ActivityTaskScheduledEventAttributes
        {
            ActivityId = attributes.ActivityId,
            ActivityType = attributes.ActivityType,
            TaskQueue = new TaskQueue { Name = attributes.TaskQueue.Name, Kind = TaskQueueKind.Normal },
            Header = attributes.Header,
            Input = attributes.Input,
            ScheduleToCloseTimeout = times.ScheduleToClose.ToProto(),
            ScheduleToStartTimeout = times.ScheduleToStart.ToProto(),
            StartToCloseTimeout = times.StartToClose.ToProto(),
            HeartbeatTimeout = times.Heartbeat.ToProto(),
            WorkflowTaskCompletedEventId = batch.CompletedEventId,
            RetryPolicy = policy,
            UseWorkflowBuildId = attributes.UseWorkflowBuildId,
            Priority = attributes.Priority,
        };
    }

    private static CommandFailure Bad(string message) =>
        new(WorkflowTaskFailedCause.BadScheduleActivityAttributes, message);
}
