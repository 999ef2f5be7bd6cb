using System.Globalization;
using AugmentedOS.Engine.Executions;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.WorkflowService.V1;

namespace AugmentedOS.Engine.TaskQueues.Configuration;

/// <summary>Whether a request may configure a task queue: in a server's order and words.</summary>
internal static class TaskQueueConfigCheck
{
    private const int LongestReason = 1000;
    private const int LongestKey = 64;
    private const string EmptyKey = "fairness weight override key must not be empty";
    private const string LongKey = "fairness key length exceeds limit";

    /// <summary>Why it may not; null when it may.</summary>
    public static Rejection? Check(UpdateTaskQueueConfigRequest request, EngineLimits limits)
    {
        var problem = RateOfWorkflows(request)
            ?? Limit(request.UpdateQueueRateLimit, "UpdateQueueRateLimit")
            ?? KeyRateOfWorkflows(request)
            ?? Limit(request.UpdateFairnessKeyRateLimitDefault, "UpdateFairnessKeyRateLimitDefault")
            ?? TooLong("Identity", request.Identity, limits.MaxIdLength)
            ?? Weights(request, limits);
        return problem is null ? null : Rejection.InvalidArgument(problem);
    }

    private static string? RateOfWorkflows(UpdateTaskQueueConfigRequest request) =>
        request.TaskQueueType == TaskQueueType.Workflow && request.UpdateQueueRateLimit?.RateLimit is not null
            ? "Setting rate limit on workflow task queues is not allowed."
            : null;

    private static string? KeyRateOfWorkflows(UpdateTaskQueueConfigRequest request) =>
        request.TaskQueueType == TaskQueueType.Workflow
            && request.UpdateFairnessKeyRateLimitDefault?.RateLimit is not null
            ? "Setting fairness key rate limit on workflow task queues is not allowed."
            : null;

    private static string? Limit(UpdateTaskQueueConfigRequest.Types.RateLimitUpdate? update, string name)
    {
        if (update?.RateLimit is not { } limit)
        {
            return null;
        }

        return limit.RequestsPerSecond < 0
            ? $"RequestsPerSecond for {name} rate limit must be non-negative."
            : TooLong($"{name}.Reason", update.Reason, LongestReason);
    }

    private static string? TooLong(string name, string value, int longest) => Utf8Length.Of(value) > longest
        ? string.Create(CultureInfo.InvariantCulture, $"{name} field too long (max {longest} characters).")
        : null;

    private static string? Weights(UpdateTaskQueueConfigRequest request, EngineLimits limits)
    {
        var count = request.SetFairnessWeightOverrides.Count + request.UnsetFairnessWeightOverrides.Count;
        if (count > limits.MaxFairnessWeights)
        {
            return $"too many fairness weight overrides in request: got {count}, "
                + $"maximum {limits.MaxFairnessWeights}";
        }

        foreach (var (key, weight) in request.SetFairnessWeightOverrides)
        {
            if (Key(key) is { } problem)
            {
                return problem;
            }

            if (!(weight > 0))
            {
                return $"invalid fairness weight weight for key \"{key}\": must be greater than zero";
            }
        }

        return request.UnsetFairnessWeightOverrides.Select(Key).FirstOrDefault(problem => problem is not null)
            ?? request.UnsetFairnessWeightOverrides
                .Where(request.SetFairnessWeightOverrides.ContainsKey)
                .Select(key => $"fairness weight override key \"{key}\" present in both set and unset lists")
                .FirstOrDefault();
    }

    private static string? Key(string key) =>
        key.Length == 0 ? EmptyKey : Utf8Length.Of(key) > LongestKey ? LongKey : null;
}
