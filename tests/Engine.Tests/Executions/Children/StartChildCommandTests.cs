using AugmentedOS.Engine.Executions;
using AugmentedOS.Engine.Tests.Executions.Deliveries;
using AugmentedOS.Engine.Tests.Executions.Kit;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Temporalio.Api.Command.V1;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.Sdk.V1;
using Temporalio.Api.TaskQueue.V1;
using static AugmentedOS.Engine.Tests.Executions.Kit.Events;
using static AugmentedOS.Engine.Tests.Executions.Kit.Scenario;

namespace AugmentedOS.Engine.Tests.Executions.Children;

public sealed class StartChildCommandTests
{
    private const string Where = "WorkflowId=child WorkflowType=Child Namespace=";

    [Fact]
    public void StartChild_WhenLittleIsSaid_RecordsTheDefaults() =>
        Given(WorkflowTaskIsStarted())
            .WhenCommands(Order.StartChild("child"))
            .Then(WorkflowTaskCompleted(), StartChildWorkflowExecutionInitiated(a =>
            {
                a.WorkflowTaskCompletedEventId = 4;
                a.Namespace = "default";
                a.NamespaceId = FixedNamespaces.Default.Id.ToString();
                a.WorkflowId = "child";
                a.WorkflowType = new WorkflowType { Name = "Child" };
                a.TaskQueue = new TaskQueue { Name = "queue", Kind = TaskQueueKind.Normal };
                a.WorkflowRunTimeout = new Duration();
                a.WorkflowTaskTimeout = 10.Seconds().ToProto();
                a.WorkflowIdReusePolicy = WorkflowIdReusePolicy.AllowDuplicate;
                a.ParentClosePolicy = ParentClosePolicy.Terminate;
            }))
            .AndState(state =>
            {
                Assert.Equal(1, state.UnstartedChildren);
                Assert.Null(state.Children[5].Run);
                Assert.Null(state.Children[5].Attributes.WorkflowExecutionTimeout);
                Assert.True(state.IsHot);
            });

    [Fact]
    public void StartChild_WhenEverythingIsSaid_RecordsIt() =>
        Given(WorkflowTaskIsStarted())
            .WhenCommands(Everything())
            .AndEvents(events =>
            {
                var initiated = events[1].StartChildWorkflowExecutionInitiatedEventAttributes;
                Assert.Equal("other", initiated.TaskQueue.Name);
                Assert.Equal(1.Hours(), initiated.WorkflowExecutionTimeout.ToTimeSpan());
                Assert.Equal(1.Hours(), initiated.WorkflowRunTimeout.ToTimeSpan());
                Assert.Equal(2.Minutes(), initiated.WorkflowTaskTimeout.ToTimeSpan());
                Assert.Equal(2.0, initiated.RetryPolicy.BackoffCoefficient);
                Assert.Equal(["kept"], initiated.Memo.Fields.Keys);
                Assert.Equal(Order.Text("input"), initiated.Input);
                Assert.Equal(7, initiated.Priority.PriorityKey);
                Assert.Equal(ParentClosePolicy.Abandon, initiated.ParentClosePolicy);
                Assert.Equal(WorkflowIdReusePolicy.RejectDuplicate, initiated.WorkflowIdReusePolicy);
                Assert.Equal("0 * * * *", initiated.CronSchedule);
                Assert.Equal("summary", events[1].UserMetadata.Summary.Data.ToStringUtf8());
            });

    public static TheoryData<string, Action<StartChildWorkflowExecutionCommandAttributes>> BadCommands { get; } = new()
    {
        { "cross namespace commands are not allowed", a => a.Namespace = "elsewhere" },
        { "Required field WorkflowId is not set on StartChildWorkflowExecutionCommand. WorkflowType=Child Namespace=",
            a => a.WorkflowId = "" },
        { "Required field WorkflowType is not set on StartChildWorkflowExecutionCommand. WorkflowId=child Namespace=",
            a => a.WorkflowType = null },
        { $"WorkflowId on StartChildWorkflowExecutionCommand exceeds length limit. WorkflowId={new string('ü', 501)} "
            + "Length=1002 Limit=1000 WorkflowType=Child Namespace=",
            a => a.WorkflowId = new string('ü', 501) },
        { "WorkflowType on StartChildWorkflowExecutionCommand exceeds length limit. WorkflowId=child "
            + $"WorkflowType={new string('t', 1001)} Length=1001 Limit=1000 Namespace=",
            a => a.WorkflowType.Name = new string('t', 1001) },
        { $"Invalid WorkflowExecutionTimeout on StartChildWorkflowExecutionCommand: negative duration. {Where}",
            a => a.WorkflowExecutionTimeout = new Duration { Seconds = -1 } },
        { $"Invalid WorkflowRunTimeout on StartChildWorkflowExecutionCommand: negative duration. {Where}",
            a => a.WorkflowRunTimeout = new Duration { Seconds = -1 } },
        { $"Invalid WorkflowTaskTimeout on StartChildWorkflowExecutionCommand: negative duration. {Where}",
            a => a.WorkflowTaskTimeout = new Duration { Seconds = -1 } },
        { "invalid WorkflowRetryPolicy on StartChildWorkflowExecutionCommand: MaximumAttempts cannot be negative on "
            + $"retry policy.. {Where}",
            a => a.RetryPolicy = new RetryPolicy { MaximumAttempts = -1 } },
        { $"invalid CronSchedule on StartChildWorkflowExecutionCommand: invalid CronSchedule.. {Where}",
            a => a.CronSchedule = "now and then" },
        { "priority key can't be negative", a => a.Priority = new Priority { PriorityKey = -1 } },
        { "fairness key length exceeds limit", a => a.Priority = new Priority { FairnessKey = new string('f', 65) } },
        { "must be greater than zero", a => a.Priority = new Priority { FairnessWeight = -1 } },
        { "invalid TaskQueue on StartChildWorkflowExecutionCommand: task queue name cannot start with reserved prefix "
            + $"/_sys/. {Where} TaskQueue=/_sys/x",
            a => a.TaskQueue = new TaskQueue { Name = "/_sys/x" } },
    };

    [Theory]
    [MemberData(nameof(BadCommands))]
    public void StartChild_WhenBad_SaysWhy(string message, Action<StartChildWorkflowExecutionCommandAttributes> set) =>
        Given(WorkflowTaskIsStarted())
            .WhenCommands(Order.StartChild("child", set: set))
            .AndCommandFailed(WorkflowTaskFailedCause.BadStartChildExecutionAttributes, message);

    [Fact]
    public void StartChild_WhenItHasNoAttributes_SaysSo() =>
        Given(WorkflowTaskIsStarted())
            .WhenCommands(new Command { CommandType = CommandType.StartChildWorkflowExecution })
            .AndCommandFailed(
                WorkflowTaskFailedCause.BadStartChildExecutionAttributes,
                "StartChildWorkflowExecutionCommandAttributes is not set on StartChildWorkflowExecutionCommand.");

    [Fact]
    public void StartChild_WhenASearchAttributeIsUnknown_SaysSo() =>
        Given(WorkflowTaskIsStarted())
            .WhenCommands(Order.StartChild("child", set: a => a.SearchAttributes = new SearchAttributes
            {
                IndexedFields = { ["Unknown"] = Order.Text("\"x\"").Payloads_[0] },
            }))
            .AndCommandFailed(
                WorkflowTaskFailedCause.BadSearchAttributes,
                "invalid SearchAttributes on StartChildWorkflowCommand: Namespace default has no mapping defined for "
                + $"search attribute Unknown. {Where}");

    [Fact]
    public void StartChild_WhenItsInputIsTooLarge_EndsTheParent() =>
        Given(EngineLimits.Default with { BlobSizeError = 100 }, WorkflowTaskIsStarted())
            .WhenCommands(Order.StartChild("child", set: a => a.Input = Order.Text(new string('x', 101))))
            .AndCommandFailed(
                WorkflowTaskFailedCause.BadStartChildExecutionAttributes,
                "StartChildWorkflowExecutionCommandAttributes. Input exceeds size limit.",
                terminatesRun: true);

    [Fact]
    public void StartChild_WhenItsMemoIsTooLarge_EndsTheParent() =>
        Given(EngineLimits.Default with { MemoSizeError = 100 }, WorkflowTaskIsStarted())
            .WhenCommands(Order.StartChild("child", set: a => a.Memo = new Memo
            {
                Fields = { ["large"] = new Payload { Data = ByteString.CopyFrom(new byte[101]) } },
            }))
            .AndCommandFailed(
                WorkflowTaskFailedCause.BadStartChildExecutionAttributes,
                "StartChildWorkflowExecutionCommandAttributes.Memo exceeds size limit.",
                terminatesRun: true);

    [Fact]
    public void StartChild_WhenTooManyArePending_SaysSo() =>
        Given(EngineLimits.Default with { MaxPendingChildren = 2 }, WorkflowTaskIsStarted())
            .WhenCommands(Order.StartChild("a"), Order.StartChild("b"), Order.StartChild("c"))
            .AndCommandFailed(
                WorkflowTaskFailedCause.PendingChildWorkflowsLimitExceeded,
                "the number of pending child workflow executions, 2, has reached the per-workflow limit of 2");

    private static Command Everything()
    {
        var command = Order.StartChild("child", ParentClosePolicy.Abandon, a =>
        {
            a.Namespace = "default";
            a.TaskQueue = new TaskQueue { Name = "other" };
            a.WorkflowExecutionTimeout = 1.Hours().ToProto();
            a.WorkflowRunTimeout = 2.Hours().ToProto();
            a.WorkflowTaskTimeout = 3.Minutes().ToProto();
            a.RetryPolicy = new RetryPolicy();
            a.Input = Order.Text("input");
            a.Memo = new Memo { Fields = { ["kept"] = Order.Text("1").Payloads_[0], ["dropped"] = new Payload() } };
            a.Priority = new Priority { PriorityKey = 7 };
            a.WorkflowIdReusePolicy = WorkflowIdReusePolicy.RejectDuplicate;
            a.CronSchedule = "0 * * * *";
        });
        command.UserMetadata = new UserMetadata { Summary = Order.Text("summary").Payloads_[0] };
        return command;
    }
}
