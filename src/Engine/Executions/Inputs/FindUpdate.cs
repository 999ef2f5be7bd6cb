using AugmentedOS.Engine.Executions.Updates;
using AugmentedOS.Engine.Updates;
using Temporalio.Api.Update.V1;

namespace AugmentedOS.Engine.Executions.Inputs;

/// <summary>Asks after an update, of an open or a closed run. Changes nothing. Answers
/// <see cref="UpdateStanding"/>.</summary>
internal sealed record FindUpdate(WorkflowKey Workflow, RunId? Run, string UpdateId, UpdateWaiter Waiter)
    : RunInput(Workflow, Run), IUpdateInput
{
    Request? IUpdateInput.Asked => null;

    protected override Decision DecideOn(RunState state, DecisionContext context) =>
        UpdateStanding.Of(state, UpdateId, context) is { } standing
            ? Decision.Answer(standing)
            : Decision.Reject(UpdateRejections.NotFound(UpdateId));
}
