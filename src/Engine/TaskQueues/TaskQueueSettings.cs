using System.Collections.Immutable;
using Temporalio.Api.TaskQueue.V1;

namespace AugmentedOS.Engine.TaskQueues;

/// <summary>What was configured for a task queue through the API, in the form that matching needs.</summary>
/// <param name="Rate">Tasks a second; null leaves it to the workers, 0 stops dispatch.</param>
/// <param name="KeyRate">Tasks a second for each fairness key of weight 1; null for no limit.</param>
/// <param name="Weights">Weights that hold whatever the tasks themselves say, by fairness key.</param>
internal sealed record TaskQueueSettings(double? Rate, double? KeyRate, ImmutableDictionary<string, float> Weights)
{
    public static TaskQueueSettings None { get; } = new(null, null, ImmutableDictionary<string, float>.Empty);

    public static TaskQueueSettings Of(TaskQueueConfig config) => new(
        config.QueueRateLimit?.RateLimit?.RequestsPerSecond,
        config.FairnessKeysRateLimitDefault?.RateLimit?.RequestsPerSecond,
        config.FairnessWeightOverrides.ToImmutableDictionary(StringComparer.Ordinal));
}
