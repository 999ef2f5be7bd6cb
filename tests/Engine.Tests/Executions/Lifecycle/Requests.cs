using AugmentedOS.Engine.Executions;
using AugmentedOS.Engine.Executions.Inputs;
using AugmentedOS.Engine.Tests.Executions.Kit;
using Temporalio.Api.Common.V1;
using Temporalio.Api.WorkflowService.V1;

namespace AugmentedOS.Engine.Tests.Executions.Lifecycle;

/// <summary>What clients and other workflows ask of a run.</summary>
internal static class Requests
{
    public static WorkflowExecution SomeParent { get; } =
        new() { WorkflowId = "parent", RunId = SequentialIds.Nth(77).ToString() };

    public static SignalExecution Signal(
        string name = "signal", string requestId = "", Payloads? input = null, ExternalSender? sender = null) => new(
        Scenario.Key.Workflow,
        null,
        new SignalWorkflowExecutionRequest
        {
            SignalName = name,
            RequestId = requestId,
            Identity = "client",
            Input = input,
        },
        sender);

    public static RequestCancelExecution RequestCancel(
        RunId? run = null, string firstRunId = "", ExternalSender? sender = null) => new(
        Scenario.Key.Workflow,
        run,
        new RequestCancelWorkflowExecutionRequest
        {
            Reason = "enough",
            Identity = "client",
            FirstExecutionRunId = firstRunId,
        },
        sender);

    public static TerminateExecution Terminate(
        RunId? run = null,
        string firstRunId = "",
        ExternalSender? sender = null,
        Action<TerminateWorkflowExecutionRequest>? set = null)
    {
        var request = new TerminateWorkflowExecutionRequest { FirstExecutionRunId = firstRunId };
        set?.Invoke(request);
        return new TerminateExecution(Scenario.Key.Workflow, run, request, sender);
    }

    public static ExternalSender Sender(bool childOnly = false) => new(SomeParent, 7, childOnly);
}
