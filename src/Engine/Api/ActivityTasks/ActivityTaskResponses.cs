using AugmentedOS.Engine.Api.Tokens;
using AugmentedOS.Engine.Executions.Inputs;
using AugmentedOS.Engine.Namespaces;
using Temporalio.Api.WorkflowService.V1;

namespace AugmentedOS.Engine.Api.ActivityTasks;

/// <summary>A started activity as its worker gets it.</summary>
internal sealed class ActivityTaskResponses(INamespaceDirectory namespaces)
{
    public PollActivityTaskQueueResponse Of(StartedActivity started)
    {
        var (state, activity) = started;
        var attributes = activity.Attributes;
        return new PollActivityTaskQueueResponse
        {
            TaskToken = TaskToken.Of(state.Key, activity).Encode(),
            WorkflowNamespace = namespaces.TryFind(state.Key.Namespace, out var ns) ? ns.Name : "",
            WorkflowType = state.Started.WorkflowType,
            WorkflowExecution = state.Key.ToExecution(),
            ActivityType = attributes.ActivityType,
            ActivityId = activity.ActivityId,
            Header = attributes.Header,
            Input = attributes.Input,
            HeartbeatDetails = activity.HeartbeatDetails,
            ScheduledTime = activity.FirstScheduledAt.ToTimestamp(),
            CurrentAttemptScheduledTime = activity.ScheduledAt.ToTimestamp(),
            StartedTime = activity.StartedAt?.ToTimestamp(),
            Attempt = activity.Attempt,
            ScheduleToCloseTimeout = attributes.ScheduleToCloseTimeout,
            StartToCloseTimeout = attributes.StartToCloseTimeout,
            HeartbeatTimeout = attributes.HeartbeatTimeout,
            RetryPolicy = attributes.RetryPolicy,
            Priority = attributes.Priority,
        };
    }
}
