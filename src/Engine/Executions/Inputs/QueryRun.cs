using AugmentedOS.Engine.Queries;

namespace AugmentedOS.Engine.Executions.Inputs;

/// <summary>Asks how a query is to be answered, in order with everything else that happens to the run. Changes nothing;
/// the reply is a <see cref="QueryRoute"/>, and the shard buffers a query that waits for a workflow task.</summary>
internal sealed record QueryRun(WorkflowKey Workflow, RunId? Run, PendingQuery Query) : RunInput(Workflow, Run)
{
    protected override Decision DecideOn(RunState state, DecisionContext context) =>
        QueryRouting.Decide(state, Query.RejectCondition, Query.Deadline) is var route && route is QueryRoute.Refused refused
            ? Decision.Reject(refused.Rejection)
            : Decision.Answer(route);
}
