using AugmentedOS.Engine.Executions.Facts;
using AugmentedOS.Engine.Executions.StandaloneActivities;

namespace AugmentedOS.Engine.Executions.Inputs;

/// <summary>Ends an activity without a workflow, whatever its worker does. Answers <see cref="Done"/>, also to a repetition.
/// </summary>
internal sealed record TerminateStandaloneActivity(
    WorkflowKey Activities, RunId? Run, string RequestId, string Identity, string Reason) : RunInput(Activities, Run)
{
    protected override Decision DecideOn(RunState state, DecisionContext context)
    {
        if (state.Activity!.TerminateRequest is { } asked)
        {
            return asked.RequestId == RequestId
                ? Decision.Answer(Done.Instance)
                : Decision.Reject(Rejection.FailedPrecondition(
                    $"already terminated with request ID {asked.RequestId}"));
        }

        if (state.IsClosed)
        {
            return Decision.Reject(Rejection.FailedPrecondition(
                $"invalid transition from {ActivityStandings.Of(state)}"));
        }

        var draft = new Draft(state, context);
        draft.Emit(new StandaloneActivityAsked(ActivityRequestKind.Terminate, RequestId, Identity, Reason, draft.Now));
        ForcedClose.Terminate(draft, Reason, Identity);
        return Decision.Accept(draft, Done.Instance);
    }
}
