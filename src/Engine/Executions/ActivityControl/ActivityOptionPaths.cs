using System.Collections.Frozen;
using Google.Protobuf.WellKnownTypes;
using Temporalio.Api.Activity.V1;

namespace AugmentedOS.Engine.Executions.ActivityControl;

/// <summary>Which options of an activity without a workflow a field mask may name, and what may stand there.</summary>
internal static class ActivityOptionPaths
{
    private static readonly FrozenSet<string> Known = FrozenSet.Create(
        StringComparer.Ordinal,
        "task_queue.name",
        "schedule_to_close_timeout",
        "schedule_to_start_timeout",
        "start_to_close_timeout",
        "heartbeat_timeout",
        "priority",
        "priority.priority_key",
        "priority.fairness_key",
        "priority.fairness_weight",
        "retry_policy",
        "retry_policy.initial_interval",
        "retry_policy.backoff_coefficient",
        "retry_policy.maximum_interval",
        "retry_policy.maximum_attempts",
        "start_delay");

    /// <summary>What is wrong, word for word; null when nothing is.</summary>
    public static string? Problem(FieldMask mask, ActivityOptions options)
    {
        var paths = mask.Paths.Select(path => (Written: path, Path: ActivityOptionsMerge.Snake(path))).ToList();
        if (paths.FirstOrDefault(path => !Known.Contains(path.Path)) is { Written: { } unknown })
        {
            return $"unsupported update_mask path: \"{unknown}\"";
        }

        var named = paths.Select(path => path.Path).ToHashSet(StringComparer.Ordinal);
        return QueueProblem(named, options)
            ?? Time(named, "schedule_to_close_timeout", "ScheduleToCloseTimeout", options.ScheduleToCloseTimeout)
            ?? Time(named, "schedule_to_start_timeout", "ScheduleToStartTimeout", options.ScheduleToStartTimeout)
            ?? Time(named, "start_to_close_timeout", "StartToCloseTimeout", options.StartToCloseTimeout)
            ?? Time(named, "heartbeat_timeout", "HeartbeatTimeout", options.HeartbeatTimeout)
            ?? (named.Any(path => path.StartsWith("priority", StringComparison.Ordinal))
                ? PriorityRules.Validate(options.Priority)
                : null)
            ?? (named.Contains("retry_policy")
                ? RetryPolicies.Validate(RetryPolicies.WithDefaults(options.RetryPolicy))
                : null)
            ?? Time(named, "start_delay", "StartDelay", options.StartDelay);
    }

    private static string? QueueProblem(HashSet<string> named, ActivityOptions options)
    {
        if (!named.Contains("task_queue.name"))
        {
            return null;
        }

        return options.TaskQueue is { } queue
            ? TaskQueueNames.Problem(queue.Name, EngineLimits.Default)
            : "taskQueue is not set";
    }

    private static string? Time(HashSet<string> named, string path, string field, Duration? time) =>
        named.Contains(path) && time.Problem() is { } problem ? $"invalid {field}: {problem}" : null;
}
