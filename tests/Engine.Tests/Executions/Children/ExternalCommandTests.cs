using AugmentedOS.Engine.Executions;
using AugmentedOS.Engine.Tests.Executions.Deliveries;
using AugmentedOS.Engine.Tests.Executions.Kit;
using Temporalio.Api.Command.V1;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;
using static AugmentedOS.Engine.Tests.Executions.Kit.Events;
using static AugmentedOS.Engine.Tests.Executions.Kit.Scenario;

namespace AugmentedOS.Engine.Tests.Executions.Children;

/// <summary>The commands that reach other workflows: what they record, and what they refuse.</summary>
public sealed class ExternalCommandTests
{
    private const string SignalName = "SignalExternalWorkflowExecutionCommand";
    private const string CancelName = "RequestCancelExternalWorkflowExecutionCommand";

    [Fact]
    public void Signal_WhenGood_IsInitiated() =>
        Given(WorkflowTaskIsStarted())
            .WhenCommands(Order.Signal("target", a => a.ChildWorkflowOnly = true))
            .Then(WorkflowTaskCompleted(), SignalExternalWorkflowExecutionInitiated(a =>
            {
                a.WorkflowTaskCompletedEventId = 4;
                a.Namespace = "default";
                a.NamespaceId = FixedNamespaces.Default.Id.ToString();
                a.WorkflowExecution = new WorkflowExecution { WorkflowId = "target" };
                a.SignalName = "hello";
                a.ChildWorkflowOnly = true;
            }))
            .AndState(state => Assert.Equal(1, state.PendingExternalSignals));

    [Fact]
    public void Cancel_WhenGood_IsInitiated() =>
        Given(WorkflowTaskIsStarted())
            .WhenCommands(Order.Cancel("target", a => a.Reason = "enough"))
            .Then(WorkflowTaskCompleted(), RequestCancelExternalWorkflowExecutionInitiated(a =>
            {
                a.WorkflowTaskCompletedEventId = 4;
                a.Namespace = "default";
                a.WorkflowExecution = new WorkflowExecution { WorkflowId = "target" };
                a.Reason = "enough";
            }))
            .AndState(state => Assert.Equal(1, state.PendingExternalCancels));

    public static TheoryData<string, Action<SignalExternalWorkflowExecutionCommandAttributes>> BadSignals { get; } = new()
    {
        { $"Execution is not set on {SignalName}.", a => a.Execution = null },
        { "cross namespace commands are not allowed", a => a.Namespace = "elsewhere" },
        { $"WorkflowId is not set on {SignalName}. Namespace= RunId= SignalName=hello",
            a => a.Execution.WorkflowId = "" },
        { $"WorkflowId on {SignalName} exceeds length limit. WorkflowId={new string('w', 1001)} Length=1001 Limit=1000 "
            + "Namespace= RunId= SignalName=hello",
            a => a.Execution.WorkflowId = new string('w', 1001) },
        { $"Invalid RunId set on {SignalName}. WorkflowId=target Namespace= RunId=no SignalName=hello",
            a => a.Execution.RunId = "no" },
        { $"SignalName is not set on {SignalName}. WorkflowId=target Namespace= RunId=", a => a.SignalName = "" },
    };

    [Theory]
    [MemberData(nameof(BadSignals))]
    public void Signal_WhenBad_SaysWhy(string message, Action<SignalExternalWorkflowExecutionCommandAttributes> set) =>
        Given(WorkflowTaskIsStarted())
            .WhenCommands(Order.Signal("target", set))
            .AndCommandFailed(WorkflowTaskFailedCause.BadSignalWorkflowExecutionAttributes, message);

    public static TheoryData<string, Action<RequestCancelExternalWorkflowExecutionCommandAttributes>> BadCancels { get; } =
        new()
        {
            { "cross namespace commands are not allowed", a => a.Namespace = "elsewhere" },
            { $"WorkflowId is not set on {CancelName}. Namespace= RunId=", a => a.WorkflowId = "" },
            { $"WorkflowId on {CancelName} exceeds length limit. WorkflowId={new string('w', 1001)} Length=1001 "
                + "Limit=1000 RunId= Namespace=",
                a => a.WorkflowId = new string('w', 1001) },
            { $"Invalid RunId set on {CancelName}. WorkflowId=target RunId=no Namespace=", a => a.RunId = "no" },
        };

    [Theory]
    [MemberData(nameof(BadCancels))]
    public void Cancel_WhenBad_SaysWhy(
        string message, Action<RequestCancelExternalWorkflowExecutionCommandAttributes> set) =>
        Given(WorkflowTaskIsStarted())
            .WhenCommands(Order.Cancel("target", set))
            .AndCommandFailed(
                WorkflowTaskFailedCause.BadRequestCancelExternalWorkflowExecutionAttributes, message);

    [Fact]
    public void Cancel_WhenOfAChildStartedByTheSameTask_IsRefused() =>
        Given(WorkflowTaskIsStarted())
            .WhenCommands(Order.StartChild("child"), Order.Cancel("child", a => a.ChildWorkflowOnly = true))
            .AndCommandFailed(
                WorkflowTaskFailedCause.BadRequestCancelExternalWorkflowExecutionAttributes,
                "Start and RequestCancel for child workflow is not allowed in same workflow task. WorkflowId=child "
                + "RunId= Namespace=");

    [Fact]
    public void Cancel_WhenOfAChildStartedByAnEarlierTask_IsInitiated() =>
        Given(WorkflowTaskIsStarted())
            .WhenCommands(Order.StartChild("child"))
            .And(WorkflowTaskScheduled(), WorkflowTaskStarted())
            .WhenCommands(Order.Cancel("child", a => a.ChildWorkflowOnly = true))
            .Then(WorkflowTaskCompleted(), RequestCancelExternalWorkflowExecutionInitiated());

    [Fact]
    public void Commands_WhenTheyHaveNoAttributes_SaySo()
    {
        Given(WorkflowTaskIsStarted())
            .WhenCommands(new Command { CommandType = CommandType.SignalExternalWorkflowExecution })
            .AndCommandFailed(
                WorkflowTaskFailedCause.BadSignalWorkflowExecutionAttributes,
                $"SignalExternalWorkflowExecutionCommandAttributes is not set on {SignalName}.");
        Given(WorkflowTaskIsStarted())
            .WhenCommands(new Command { CommandType = CommandType.RequestCancelExternalWorkflowExecution })
            .AndCommandFailed(
                WorkflowTaskFailedCause.BadRequestCancelExternalWorkflowExecutionAttributes,
                $"RequestCancelExternalWorkflowExecutionCommandAttributes is not set on {CancelName}.");
    }

    [Fact]
    public void Signal_WhenItsInputIsTooLarge_EndsTheSender() =>
        Given(EngineLimits.Default with { BlobSizeError = 100 }, WorkflowTaskIsStarted())
            .WhenCommands(Order.Signal("target", a => a.Input = Order.Text(new string('x', 101))))
            .AndCommandFailed(
                WorkflowTaskFailedCause.BadSignalWorkflowExecutionAttributes,
                "SignalExternalWorkflowExecutionCommandAttributes.Input exceeds size limit.",
                terminatesRun: true);

    [Fact]
    public void Commands_WhenTooManyArePending_SaySo()
    {
        var limits = EngineLimits.Default with { MaxPendingSignals = 1, MaxPendingCancels = 1 };
        Given(limits, WorkflowTaskIsStarted())
            .WhenCommands(Order.Signal("a"), Order.Cancel("a"), Order.Signal("b"))
            .AndCommandFailed(
                WorkflowTaskFailedCause.PendingSignalsLimitExceeded,
                "the number of pending signals to external workflows, 1, has reached the per-workflow limit of 1");
        Given(limits, WorkflowTaskIsStarted())
            .WhenCommands(Order.Cancel("a"), Order.Signal("a"), Order.Cancel("b"))
            .AndCommandFailed(
                WorkflowTaskFailedCause.PendingRequestCancelLimitExceeded,
                "the number of pending requests to cancel external workflows, 1, has reached the per-workflow limit "
                + "of 1");
    }
}
