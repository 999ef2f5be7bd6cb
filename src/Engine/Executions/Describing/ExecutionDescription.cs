using AugmentedOS.Engine.Executions.Speculation;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.Workflow.V1;
using Temporalio.Api.WorkflowService.V1;

namespace AugmentedOS.Engine.Executions.Describing;

/// <summary>A run's state as <c>DescribeWorkflowExecution</c> shows it.</summary>
internal static class ExecutionDescription
{
    /// <summary>The run with what is durable of it, and its workflow task even if only memory has that.</summary>
    public static DescribeWorkflowExecutionResponse Of(LiveRun run) => Of(run.Written, run.State.Task);

    public static DescribeWorkflowExecutionResponse Of(RunState state) => Of(state, state.Task);

    private static DescribeWorkflowExecutionResponse Of(RunState state, WorkflowTask? task)
    {
        var response = new DescribeWorkflowExecutionResponse
        {
            ExecutionConfig = Config(state),
            WorkflowExecutionInfo = ExecutionInfo.Of(state),
            WorkflowExtendedInfo = ExtendedInfo.Of(state),
            PendingWorkflowTask = task is null ? null : PendingTask(task),
        };
        if (state.IsRunning)
        {
            response.PendingActivities.AddRange(
                state.Activities.Values.OrderBy(a => a.ScheduledEventId).Select(PendingActivityProjection.Of));
            response.PendingChildren.AddRange(
                state.Children.Values.OrderBy(c => c.InitiatedEventId).Select(c => c.ToInfo()));
            response.PendingNexusOperations.AddRange(
                state.Nexus.Operations.Values.OrderBy(o => o.ScheduledEventId).Select(PendingNexusOperations.Of));
        }

        response.Callbacks.AddRange(
            state.Nexus.Callbacks.Values.OrderBy(c => c.Number).Select(PendingNexusOperations.Of));
        return response;
    }

    private static WorkflowExecutionConfig Config(RunState state) => new()
    {
        TaskQueue = WorkflowTasks.NormalQueue(state),
        WorkflowExecutionTimeout = state.Started.WorkflowExecutionTimeout,
        WorkflowRunTimeout = state.Started.WorkflowRunTimeout,
        DefaultWorkflowTaskTimeout = state.Timeouts.Task.ToProto(),
        UserMetadata = state.UserMetadata,
    };

    private static PendingWorkflowTaskInfo PendingTask(WorkflowTask task) => new()
    {
        State = task.IsStarted ? PendingWorkflowTaskState.Started : PendingWorkflowTaskState.Scheduled,
        ScheduledTime = task.ScheduledAt.ToTimestamp(),
        OriginalScheduledTime = task.OriginalScheduledAt.ToTimestamp(),
        StartedTime = task.IsStarted ? task.StartedAt.ToTimestamp() : null,
        Attempt = task.Attempt,
    };
}
