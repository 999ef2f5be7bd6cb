using AugmentedOS.Engine.Executions.Inputs;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.WorkflowService.V1;

namespace AugmentedOS.Engine.Executions.Starting;

/// <summary>The first workflow task of a new run: scheduled, handed to the caller, or left to a deadline or a
/// parent.</summary>
internal static class FirstTask
{
    public static StartedExecution Of(Draft run, StartWorkflowExecutionRequest request)
    {
        WorkflowTasks.Ensure(run);
        var eager = run.State.Started.EagerExecutionAccepted ? Start(run, request) : null;
        return new StartedExecution(
            run.State.Key.Run,
            Started: true,
            WorkflowExecutionStatus.Running,
            run.State.Started.FirstExecutionRunId,
            EventLinks.ToEvent(run.State.Key, run.Context, 1, EventType.WorkflowExecutionStarted),
            eager);
    }

    private static StartedWorkflowTask Start(Draft run, StartWorkflowExecutionRequest request)
    {
        StartWorkflowTask.RecordStarted(run, request.Identity, run.State.StartRequestId, worker: null);
        return new StartedWorkflowTask(run.State, FirstEventId: 1);
    }
}
