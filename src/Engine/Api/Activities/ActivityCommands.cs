using AugmentedOS.Engine.Api.Checks;
using AugmentedOS.Engine.Executions;
using AugmentedOS.Engine.Executions.ActivityControl;
using AugmentedOS.Engine.Executions.Inputs;
using AugmentedOS.Engine.Runtime;
using Temporalio.Api.Common.V1;

namespace AugmentedOS.Engine.Api.Activities;

/// <summary>What the requests to pause, unpause, reset and change activities have in common.</summary>
internal sealed class ActivityCommands(NamespaceGate gate, EngineLimits limits, IExecutions executions)
{
    /// <param name="method">The RPC's name, for when it is switched off.</param>
    /// <param name="selection">Null when the request names none.</param>
    /// <param name="run">Null means the current run.</param>
    public Rejection? Enter(
        string method,
        string ns,
        WorkflowExecution? execution,
        ActivitySelection? selection,
        out WorkflowKey workflow,
        out RunId? run)
    {
        (workflow, run) = (default, null);
        if (!limits.In(ns).Features.ActivityCommands)
        {
            return Rejection.Unimplemented($"method {method} not supported");
        }

        if (string.IsNullOrEmpty(execution?.WorkflowId))
        {
            return Rejection.InvalidArgument("WorkflowId is not set on request.");
        }

        if (selection is null)
        {
            return Rejection.InvalidArgument("Either Activity.Id or Activity.Type should be set on request.");
        }

        if ((gate.Enter(ns, out var entered) ?? ExecutionCheck.Check(execution, out run)) is { } refusal)
        {
            return refusal;
        }

        workflow = new WorkflowKey(entered.Id, execution.WorkflowId);
        return null;
    }

    public Task<Outcome> SubmitAsync(Input input) => executions.SubmitAsync(input);
}
