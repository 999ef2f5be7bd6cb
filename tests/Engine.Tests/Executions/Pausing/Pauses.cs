using AugmentedOS.Engine.Executions.Inputs;
using AugmentedOS.Engine.Tests.Executions.Kit;
using Temporalio.Api.WorkflowService.V1;

namespace AugmentedOS.Engine.Tests.Executions.Pausing;

/// <summary>What operators do to a run.</summary>
internal static class Pauses
{
    public static PauseExecution Pause(string requestId = "pause", string reason = "maintenance") => new(
        Scenario.Key.Workflow,
        null,
        new PauseWorkflowExecutionRequest { Identity = "operator", Reason = reason, RequestId = requestId });

    public static UnpauseExecution Unpause() => new(
        Scenario.Key.Workflow,
        null,
        new UnpauseWorkflowExecutionRequest { Identity = "operator", Reason = "done", RequestId = "unpause" });
}
