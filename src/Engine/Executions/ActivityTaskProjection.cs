using AugmentedOS.Engine.Executions.Inputs;
using Temporalio.Api.WorkflowService.V1;

namespace AugmentedOS.Engine.Executions;

/// <summary>A started activity as its poller gets it, but for the task token.</summary>
internal static class ActivityTaskProjection
{
    /// <param name="namespaceName">The name of the workflow's namespace.</param>
    public static PollActivityTaskQueueResponse Of(StartedActivity started, string namespaceName)
    {
        var (state, activity) = started;
        var scheduled = activity.Attributes;
        var standalone = state.Activity;
        return new PollActivityTaskQueueResponse
        {
            WorkflowNamespace = namespaceName,
            WorkflowType = standalone is null ? state.Started.WorkflowType : null,
            WorkflowExecution = standalone is null ? state.Key.ToExecution() : null,
            ActivityRunId = standalone is null ? "" : state.Key.Run.ToString(),
            PropagatedNexusSerializationContext = standalone?.SerializationContext,
            ActivityType = scheduled.ActivityType,
            ActivityId = activity.ActivityId,
            Header = scheduled.Header,
            Input = scheduled.Input,
            HeartbeatDetails = activity.HeartbeatDetails,
            ScheduledTime = activity.FirstScheduledAt.ToTimestamp(),
            CurrentAttemptScheduledTime = activity.ScheduledAt.ToTimestamp(),
            StartedTime = activity.StartedAt?.ToTimestamp(),
            Attempt = activity.Attempt,
            ScheduleToCloseTimeout = scheduled.ScheduleToCloseTimeout,
            StartToCloseTimeout = scheduled.StartToCloseTimeout,
            HeartbeatTimeout = scheduled.HeartbeatTimeout,
            RetryPolicy = scheduled.RetryPolicy,
            Priority = PriorityRules.Merge(state.Options.Priority, scheduled.Priority),
        };
    }
}
