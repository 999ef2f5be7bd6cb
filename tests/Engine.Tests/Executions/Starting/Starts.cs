using AugmentedOS.Engine.Executions;
using AugmentedOS.Engine.Executions.Inputs;
using AugmentedOS.Engine.Tests.Executions.Kit;
using Google.Protobuf;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.History.V1;
using Temporalio.Api.TaskQueue.V1;
using Temporalio.Api.WorkflowService.V1;
using static AugmentedOS.Engine.Tests.Executions.Kit.Events;

namespace AugmentedOS.Engine.Tests.Executions.Starting;

/// <summary>Requests that start workflows, and the first event that they lead to.</summary>
internal static class Starts
{
    public static StartWorkflowExecutionRequest Request(Action<StartWorkflowExecutionRequest>? set = null)
    {
        var request = new StartWorkflowExecutionRequest
        {
            Namespace = "default",
            WorkflowId = Scenario.Key.WorkflowId,
            WorkflowType = new WorkflowType { Name = "Workflow" },
            TaskQueue = new TaskQueue { Name = "queue" },
            Identity = "client",
            RequestId = "another-request",
        };
        set?.Invoke(request);
        return request;
    }

    public static StartExecution StartWorkflow(
        Action<StartWorkflowExecutionRequest>? set = null, ParentInfo? parent = null) =>
        new(Scenario.Key.Workflow, Request(set), parent);

    public static SignalWithStartWorkflowExecutionRequest SignalRequest(
        Action<SignalWithStartWorkflowExecutionRequest>? set = null)
    {
        var request = new SignalWithStartWorkflowExecutionRequest
        {
            Namespace = "default",
            WorkflowId = Scenario.Key.WorkflowId,
            WorkflowType = new WorkflowType { Name = "Workflow" },
            TaskQueue = new TaskQueue { Name = "queue" },
            SignalName = "signal",
            Identity = "client",
            RequestId = "another-request",
        };
        set?.Invoke(request);
        return request;
    }

    public static SignalWithStartExecution SignalWithStart(
        Action<SignalWithStartWorkflowExecutionRequest>? set = null) =>
        new(Scenario.Key.Workflow, SignalRequest(set));

    /// <summary>Event 1 as far as it is stated.</summary>
    public static HistoryEvent Started(Action<WorkflowExecutionStartedEventAttributes>? set = null)
    {
        var attributes = new WorkflowExecutionStartedEventAttributes();
        set?.Invoke(attributes);
        return new HistoryEvent
        {
            EventType = EventType.WorkflowExecutionStarted,
            WorkflowExecutionStartedEventAttributes = attributes,
        };
    }

    /// <summary>A run that ended that way.</summary>
    public static Step Closed(WorkflowExecutionStatus status) => new(scenario => scenario.And(
        WorkflowIsIdle(),
        status switch
        {
            WorkflowExecutionStatus.Completed => WorkflowExecutionCompleted(),
            WorkflowExecutionStatus.Failed => WorkflowExecutionFailed(),
            WorkflowExecutionStatus.Canceled => WorkflowExecutionCanceled(),
            WorkflowExecutionStatus.Terminated => WorkflowExecutionTerminated(),
            WorkflowExecutionStatus.TimedOut => WorkflowExecutionTimedOut(),
            _ => WorkflowExecutionContinuedAsNew(),
        }));

    public static Payload Json(string json)
    {
        var payload = new Payload { Data = ByteString.CopyFromUtf8(json) };
        payload.Metadata["encoding"] = ByteString.CopyFromUtf8("json/plain");
        return payload;
    }

    public static Payloads Data(string text) => new() { Payloads_ = { Json($"\"{text}\"") } };

    /// <summary>Data of that many bytes.</summary>
    public static Payloads Data(int size) => Data(new string('x', size));
}
