using AugmentedOS.Engine.Executions.Facts;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.History.V1;

namespace AugmentedOS.Engine.Executions.Inputs;

/// <summary>Asks an operation that no workflow called to stop. Answers <see cref="Done"/>, also to a repetition.</summary>
internal sealed record CancelOperationExecution(
    WorkflowKey Operations, RunId? Run, string RequestId, string Identity, string Reason)
    : RunInput(Operations, Run)
{
    protected override Decision DecideOn(RunState state, DecisionContext context)
    {
        var asked = state.Nexus.Standalone!.CancelRequest;
        if (asked?.RequestId == RequestId)
        {
            return Decision.Answer(Done.Instance);
        }

        if (state.IsClosed)
        {
            return Decision.Reject(Rejection.FailedPrecondition("operation already completed"));
        }

        if (asked is not null)
        {
            return Decision.Reject(Rejection.FailedPrecondition(
                $"cancellation already requested with request ID {asked.RequestId}"));
        }

        var draft = new Draft(state, context);
        draft.Emit(new StandaloneOperationAsked(IsTermination: false, RequestId, Identity, Reason, draft.Now));
        draft.Record(EventType.NexusOperationCancelRequested, e => e.NexusOperationCancelRequestedEventAttributes =
            new NexusOperationCancelRequestedEventAttributes
            {
                ScheduledEventId = state.Nexus.Operations.Keys.Single(),
            });
        return Decision.Accept(draft, Done.Instance);
    }
}
