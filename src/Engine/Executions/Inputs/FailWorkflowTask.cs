using Temporalio.Api.WorkflowService.V1;

namespace AugmentedOS.Engine.Executions.Inputs;

/// <summary>A worker says that it could not carry out a workflow task.</summary>
internal sealed record FailWorkflowTask(
    RunKey Key, WorkflowTaskReference Reference, RespondWorkflowTaskFailedRequest Request)
    : RunInput(Key.Workflow, Key.Run)
{
    protected override Decision DecideOn(RunState state, DecisionContext context)
    {
        if (Reference.Find(state) is not { } task)
        {
            return Decision.Reject(Rejection.WorkflowTaskNotFound());
        }

        var failed = FailedWorkflowTask.Fail(
            state, task, Request.Cause, Request.Failure, Request.Identity, Request.BinaryChecksum, context);
        return Decision.Accept(failed, Done.Instance);
    }
}
