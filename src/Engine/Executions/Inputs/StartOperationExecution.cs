using AugmentedOS.Engine.Executions.Nexus;
using Grpc.Core;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.ErrorDetails.V1;
using Temporalio.Api.WorkflowService.V1;

namespace AugmentedOS.Engine.Executions.Inputs;

/// <summary>Starts a Nexus operation without a workflow. Answers <see cref="StartedStandalone"/>.</summary>
/// <param name="Operations">The operation's id in the space of such operations.</param>
internal sealed record StartOperationExecution(
    WorkflowKey Operations, StartNexusOperationExecutionRequest Request, string EndpointId) : Input(Operations, null)
{
    public override Decision Decide(RunState? state, DecisionContext context)
    {
        if (state is not null && Existing(state) is { } known)
        {
            return known;
        }

        var draft = StandaloneOperations.Begin(Workflow, Request, EndpointId, context);
        return Decision.Start(draft, new StartedStandalone(draft.State.Key.Run, IsNew: true));
    }

    private Decision? Existing(RunState state)
    {
        if (state.StartRequestId == Request.RequestId)
        {
            return Decision.Answer(new StartedStandalone(state.Key.Run, IsNew: false));
        }

        if (state.IsRunning)
        {
            return Request.IdConflictPolicy == NexusOperationIdConflictPolicy.UseExisting
                ? Decision.Answer(new StartedStandalone(state.Key.Run, IsNew: false))
                : Decision.Reject(AlreadyStarted(state));
        }

        return Request.IdReusePolicy switch
        {
            NexusOperationIdReusePolicy.RejectDuplicate => Decision.Reject(AlreadyStarted(state)),
            NexusOperationIdReusePolicy.AllowDuplicateFailedOnly
                when state.Status == WorkflowExecutionStatus.Completed => Decision.Reject(AlreadyStarted(state)),
            _ => null,
        };
    }

    private static Rejection AlreadyStarted(RunState state) => new(
        StatusCode.AlreadyExists,
        $"nexus operation execution already started: request_id={state.StartRequestId}, run_id={state.Key.Run}",
        new NexusOperationExecutionAlreadyStartedFailure
        {
            StartRequestId = state.StartRequestId,
            RunId = state.Key.Run.ToString(),
        });
}
