using AugmentedOS.Engine.Entities;
using Temporalio.Api.TaskQueue.V1;
using Temporalio.Api.WorkflowService.V1;

namespace AugmentedOS.Engine.TaskQueues.Configuration;

/// <summary>Changes limits and weights of a task queue. Answers the whole configuration, a <c>TaskQueueConfig</c>.</summary>
/// <param name="Request">Has passed <see cref="TaskQueueConfigCheck"/>.</param>
internal sealed record ConfigureTaskQueue(EntityKey Key, UpdateTaskQueueConfigRequest Request)
    : EntityInput<TaskQueueConfiguration>(Key)
{
    public override EntityDecision<TaskQueueConfiguration> Decide(
        TaskQueueConfiguration? state, EntityContext<TaskQueueConfiguration> context)
    {
        var config = state?.Config.Clone() ?? new TaskQueueConfig();
        if (Request.UpdateQueueRateLimit is { } queue)
        {
            config.QueueRateLimit = Limit(queue, context.Now);
        }

        if (Request.UpdateFairnessKeyRateLimitDefault is { } key)
        {
            config.FairnessKeysRateLimitDefault = Limit(key, context.Now);
        }

        foreach (var name in Request.UnsetFairnessWeightOverrides)
        {
            config.FairnessWeightOverrides.Remove(name);
        }

        foreach (var (name, weight) in Request.SetFairnessWeightOverrides)
        {
            config.FairnessWeightOverrides[name] = weight;
        }

        return config.FairnessWeightOverrides.Count > context.Limits.MaxFairnessWeights
            ? EntityDecision<TaskQueueConfiguration>.Reject(Rejection.InvalidArgument(
                "fairness weight overrides update rejected: exceeding maximum key size"))
            : EntityDecision<TaskQueueConfiguration>.Change(new TaskQueueConfiguration(config), config);
    }

    /// <summary>An update without a limit takes the limit away, and says who did so.</summary>
    private RateLimitConfig Limit(UpdateTaskQueueConfigRequest.Types.RateLimitUpdate update, Instant now) => new()
    {
        RateLimit = update.RateLimit,
        Metadata = new ConfigMetadata
        {
            Reason = update.Reason,
            UpdateIdentity = Request.Identity,
            UpdateTime = now.ToTimestamp(),
        },
    };
}
