using System.Diagnostics.CodeAnalysis;
using Google.Protobuf.WellKnownTypes;
using Temporalio.Api.Activity.V1;
using Temporalio.Api.Command.V1;
using Temporalio.Api.Common.V1;
using Temporalio.Api.History.V1;
using Temporalio.Api.TaskQueue.V1;

namespace AugmentedOS.Engine.Executions.ActivityControl;

/// <summary>The rules by which a field mask takes some of a request's options over for an activity.</summary>
internal static class ActivityOptionsMerge
{
    /// <param name="merged">The options after it, as a SCHEDULED event would say them.</param>
    public static bool TryMerge(
        ActivityTaskScheduledEventAttributes current,
        ActivityOptions requested,
        FieldMask mask,
        RunState run,
        out ActivityTaskScheduledEventAttributes merged,
        [NotNullWhen(false)] out Rejection? refusal)
    {
        merged = current.Clone();
        refusal = null;
        foreach (var path in mask.Paths)
        {
            if (!Set(merged, requested, path))
            {
                refusal = Rejection.InvalidArgument($"unsupported update_mask path: \"{path}\"");
                return false;
            }
        }

        var times = new ScheduleActivityTaskCommandAttributes
        {
            ScheduleToCloseTimeout = merged.ScheduleToCloseTimeout,
            ScheduleToStartTimeout = merged.ScheduleToStartTimeout,
            StartToCloseTimeout = merged.StartToCloseTimeout,
            HeartbeatTimeout = merged.HeartbeatTimeout,
            ActivityId = merged.ActivityId,
            ActivityType = merged.ActivityType,
        };
        refusal = (RetryPolicies.Validate(merged.RetryPolicy) ?? ActivityTimes.Validate(times)
            ?? QueueProblem(merged.TaskQueue.Name)) is { } problem
                ? Rejection.InvalidArgument(problem)
                : null;
        if (refusal is not null)
        {
            return false;
        }

        var resolved = ActivityTimes.Resolve(times, run.Timeouts.Run);
        merged.ScheduleToCloseTimeout = resolved.ScheduleToClose.ToProto();
        merged.ScheduleToStartTimeout = resolved.ScheduleToStart.ToProto();
        merged.StartToCloseTimeout = resolved.StartToClose.ToProto();
        merged.HeartbeatTimeout = resolved.Heartbeat.ToProto();
        return true;
    }

    private static string? QueueProblem(string queue) => TaskQueueNames.Problem(queue, EngineLimits.Default);

    private static bool Set(ActivityTaskScheduledEventAttributes merged, ActivityOptions requested, string path)
    {
        switch (Snake(path))
        {
            case "task_queue.name":
                merged.TaskQueue = new TaskQueue { Name = requested.TaskQueue?.Name ?? "", Kind = merged.TaskQueue.Kind };
                return true;
            case "schedule_to_close_timeout":
                merged.ScheduleToCloseTimeout = requested.ScheduleToCloseTimeout;
                return true;
            case "schedule_to_start_timeout":
                merged.ScheduleToStartTimeout = requested.ScheduleToStartTimeout;
                return true;
            case "start_to_close_timeout":
                merged.StartToCloseTimeout = requested.StartToCloseTimeout;
                return true;
            case "heartbeat_timeout":
                merged.HeartbeatTimeout = requested.HeartbeatTimeout;
                return true;
            case var priority when priority.StartsWith("priority", StringComparison.Ordinal):
                return SetPriority(merged.Priority ??= new Priority(), requested.Priority, priority, merged);
            case var retry:
                return SetRetry(merged.RetryPolicy ??= new RetryPolicy(), requested.RetryPolicy, retry, merged);
        }
    }

    private static bool SetPriority(
        Priority merged, Priority? requested, string path, ActivityTaskScheduledEventAttributes owner)
    {
        switch (path)
        {
            case "priority":
                owner.Priority = requested?.Clone();
                return true;
            case "priority.priority_key":
                merged.PriorityKey = requested?.PriorityKey ?? 0;
                return true;
            case "priority.fairness_key":
                merged.FairnessKey = requested?.FairnessKey ?? "";
                return true;
            case "priority.fairness_weight":
                merged.FairnessWeight = requested?.FairnessWeight ?? 0;
                return true;
            default:
                return false;
        }
    }

    private static bool SetRetry(
        RetryPolicy merged, RetryPolicy? requested, string path, ActivityTaskScheduledEventAttributes owner)
    {
        switch (path)
        {
            case "retry_policy":
                owner.RetryPolicy = RetryPolicies.WithDefaults(requested ?? new RetryPolicy());
                return true;
            case "retry_policy.initial_interval":
                merged.InitialInterval = requested?.InitialInterval;
                return true;
            case "retry_policy.backoff_coefficient":
                merged.BackoffCoefficient = requested?.BackoffCoefficient ?? 0;
                return true;
            case "retry_policy.maximum_interval":
                merged.MaximumInterval = requested?.MaximumInterval;
                return true;
            case "retry_policy.maximum_attempts":
                merged.MaximumAttempts = requested?.MaximumAttempts ?? 0;
                return true;
            default:
                return false;
        }
    }

    /// <summary>A path as protobuf has it. Clients write it either way.</summary>
    public static string Snake(string path) =>
        string.Concat(path.Select(c => char.IsAsciiLetterUpper(c) ? $"_{char.ToLowerInvariant(c)}" : c.ToString()));
}
