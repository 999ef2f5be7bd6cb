using Google.Protobuf;
using Temporalio.Api.Command.V1;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.Failure.V1;

namespace AugmentedOS.Engine.Tests.Executions.Deliveries;

/// <summary>What workflow code in these tests asks for: one builder a command.</summary>
internal static class Order
{
    public static Command StartChild(
        string workflowId,
        ParentClosePolicy policy = ParentClosePolicy.Unspecified,
        Action<StartChildWorkflowExecutionCommandAttributes>? set = null)
    {
        var attributes = new StartChildWorkflowExecutionCommandAttributes
        {
            WorkflowId = workflowId,
            WorkflowType = new WorkflowType { Name = "Child" },
            ParentClosePolicy = policy,
        };
        set?.Invoke(attributes);
        return new Command
        {
            CommandType = CommandType.StartChildWorkflowExecution,
            StartChildWorkflowExecutionCommandAttributes = attributes,
        };
    }

    public static Command Signal(string workflowId, Action<SignalExternalWorkflowExecutionCommandAttributes>? set = null)
    {
        var attributes = new SignalExternalWorkflowExecutionCommandAttributes
        {
            Execution = new WorkflowExecution { WorkflowId = workflowId },
            SignalName = "hello",
        };
        set?.Invoke(attributes);
        return new Command
        {
            CommandType = CommandType.SignalExternalWorkflowExecution,
            SignalExternalWorkflowExecutionCommandAttributes = attributes,
        };
    }

    public static Command Cancel(
        string workflowId, Action<RequestCancelExternalWorkflowExecutionCommandAttributes>? set = null)
    {
        var attributes = new RequestCancelExternalWorkflowExecutionCommandAttributes { WorkflowId = workflowId };
        set?.Invoke(attributes);
        return new Command
        {
            CommandType = CommandType.RequestCancelExternalWorkflowExecution,
            RequestCancelExternalWorkflowExecutionCommandAttributes = attributes,
        };
    }

    public static Command Complete(string result = "done") => new()
    {
        CommandType = CommandType.CompleteWorkflowExecution,
        CompleteWorkflowExecutionCommandAttributes = new() { Result = Text(result) },
    };

    public static Command Fail(string message = "failed") => new()
    {
        CommandType = CommandType.FailWorkflowExecution,
        FailWorkflowExecutionCommandAttributes = new() { Failure = new Failure { Message = message } },
    };

    public static Command AcceptCancel() => new()
    {
        CommandType = CommandType.CancelWorkflowExecution,
        CancelWorkflowExecutionCommandAttributes = new() { Details = Text("cancelled") },
    };

    public static Command ContinueAsNew() => new()
    {
        CommandType = CommandType.ContinueAsNewWorkflowExecution,
        ContinueAsNewWorkflowExecutionCommandAttributes = new(),
    };

    public static Payloads Text(string text) => new()
    {
        Payloads_ = { new Payload { Data = ByteString.CopyFromUtf8(text) } },
    };
}
