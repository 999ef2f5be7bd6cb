using AugmentedOS.Engine.Executions.Facts;
using Temporalio.Api.Enums.V1;

namespace AugmentedOS.Engine.Executions.Inputs;

/// <summary>Ends an operation that no workflow called, whatever its handler does. Answers <see cref="Done"/>, also to a
/// repetition.</summary>
internal sealed record TerminateOperationExecution(
    WorkflowKey Operations, RunId? Run, string RequestId, string Identity, string Reason)
    : RunInput(Operations, Run)
{
    protected override Decision DecideOn(RunState state, DecisionContext context)
    {
        var asked = state.Nexus.Standalone!.TerminateRequest;
        if (asked is not null)
        {
            return asked.RequestId == RequestId
                ? Decision.Answer(Done.Instance)
                : Decision.Reject(Rejection.FailedPrecondition(
                    $"already terminated with request ID {asked.RequestId}"));
        }

        if (state.IsClosed)
        {
            var end = state.Status == WorkflowExecutionStatus.Completed ? "Succeeded" : state.Status.ToString();
            return Decision.Reject(Rejection.FailedPrecondition($"invalid transition from {end}"));
        }

        var draft = new Draft(state, context);
        draft.Emit(new StandaloneOperationAsked(IsTermination: true, RequestId, Identity, Reason, draft.Now));
        ForcedClose.Terminate(draft, Reason, Identity);
        return Decision.Accept(draft, Done.Instance);
    }
}
