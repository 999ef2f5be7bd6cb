using AugmentedOS.Engine.Tests.Executions.Kit;
using Grpc.Core;
using Temporalio.Api.Command.V1;
using Temporalio.Api.Enums.V1;
using static AugmentedOS.Engine.Tests.Executions.Chains.Closings;
using static AugmentedOS.Engine.Tests.Executions.Kit.Events;
using static AugmentedOS.Engine.Tests.Executions.Kit.Scenario;
using static AugmentedOS.Engine.Tests.Executions.Lifecycle.Requests;
using static AugmentedOS.Engine.Tests.Executions.Starting.Starts;
using static AugmentedOS.Engine.Tests.Executions.Tasks.Answers;

namespace AugmentedOS.Engine.Tests.Executions.Chains;

/// <summary>The commands that end a run without a next one, and what is wrong with bad ones.</summary>
public sealed class ClosingCommandTests
{
    private const int TooLarge = 3 * 1024 * 1024;

    [Fact]
    public void Complete_WhenPlain_EndsTheRunWithTheResult() =>
        Given(WorkflowTaskIsStarted())
            .When(Complete(CompleteWith(Data("result"))))
            .Then(
                WorkflowTaskCompleted(),
                WorkflowExecutionCompleted(a =>
                {
                    a.Result = Data("result");
                    a.WorkflowTaskCompletedEventId = 4;
                }))
            .AndNoNewRun()
            .AndState(state =>
            {
                Assert.Equal(WorkflowExecutionStatus.Completed, state.Status);
                Assert.Empty(state.CloseEvent!.WorkflowExecutionCompletedEventAttributes.NewExecutionRunId);
            });

    [Fact]
    public void Complete_WhenOtherCommandsPrecedeIt_RecordsThemAll() =>
        Given(WorkflowTaskIsStarted())
            .When(Complete(Marker(), Timer("t", 1.Minutes()), CompleteWith()))
            .Then(WorkflowTaskCompleted(), MarkerRecorded(), TimerStarted(), WorkflowExecutionCompleted())
            .AndState(state => Assert.Null(state.NextDeadline));

    [Fact]
    public void Fail_WhenThereIsNoPolicy_SaysSo() =>
        Given(WorkflowTaskIsStarted())
            .When(Complete(FailWith(Application())))
            .Then(
                WorkflowTaskCompleted(),
                WorkflowExecutionFailed(a =>
                {
                    a.Failure = Application();
                    a.RetryState = RetryState.RetryPolicyNotSet;
                    a.WorkflowTaskCompletedEventId = 4;
                }))
            .AndNoNewRun();

    [Fact]
    public void Cancel_WhenNobodyAsked_EndsTheRunAsCancelled() =>
        Given(WorkflowTaskIsStarted())
            .When(Complete(CancelWith(Data("details"))))
            .Then(
                WorkflowTaskCompleted(),
                WorkflowExecutionCanceled(a =>
                {
                    a.Details = Data("details");
                    a.WorkflowTaskCompletedEventId = 4;
                }))
            .AndState(state => Assert.Equal(WorkflowExecutionStatus.Canceled, state.Status));

    [Fact]
    public void Close_WhenASignalCameMeanwhile_IsUndone() =>
        Given(WorkflowTaskIsStarted(), Signal())
            .When(Complete(ContinueAsNew()))
            .Then(
                WorkflowTaskFailed(a => a.Cause = WorkflowTaskFailedCause.UnhandledCommand),
                WorkflowExecutionSignaled(),
                WorkflowTaskScheduled(a => a.Attempt = 1))
            .AndRejected(StatusCode.InvalidArgument, "UnhandledCommand")
            .AndNoNewRun();

    [Fact]
    public void Close_WhenASignalCameMeanwhileAndItIsBadToo_IsUndoneWithoutTerminatingTheRun() =>
        Given(WorkflowTaskIsStarted(), Signal())
            .When(Complete(CompleteWith(Data(TooLarge))))
            .Then(WorkflowTaskFailed(), WorkflowExecutionSignaled(), WorkflowTaskScheduled())
            .AndRejected(StatusCode.InvalidArgument, "UnhandledCommand");

    public static TheoryData<string, CommandType, WorkflowTaskFailedCause, string> Missing => new()
    {
        {
            "complete", CommandType.CompleteWorkflowExecution,
            WorkflowTaskFailedCause.BadCompleteWorkflowExecutionAttributes,
            "CompleteWorkflowExecutionCommandAttributes is not set on CompleteWorkflowExecutionCommand."
        },
        {
            "fail", CommandType.FailWorkflowExecution, WorkflowTaskFailedCause.BadFailWorkflowExecutionAttributes,
            "FailWorkflowExecutionCommandAttributes is not set on FailWorkflowExecutionCommand."
        },
        {
            "cancel", CommandType.CancelWorkflowExecution,
            WorkflowTaskFailedCause.BadCancelWorkflowExecutionAttributes,
            "CancelWorkflowExecutionCommandAttributes is not set on CancelWorkflowExecutionCommand."
        },
        {
            "continue", CommandType.ContinueAsNewWorkflowExecution,
            WorkflowTaskFailedCause.BadContinueAsNewAttributes,
            "ContinueAsNewWorkflowExecutionCommandAttributes is not set on ContinueAsNewWorkflowExecutionCommand."
        },
    };

    [Theory]
    [MemberData(nameof(Missing))]
    public void Close_WhenAttributesAreMissing_Fails(
        string name, CommandType type, WorkflowTaskFailedCause cause, string text)
    {
        Assert.NotEmpty(name);
        Given(WorkflowTaskIsStarted())
            .WhenCommands(new Command { CommandType = type })
            .AndCommandFailed(cause, text);
    }

    [Fact]
    public void Fail_WhenTheFailureIsMissing_Fails() =>
        Given(WorkflowTaskIsStarted())
            .WhenCommands(FailWith(null!))
            .AndCommandFailed(
                WorkflowTaskFailedCause.BadFailWorkflowExecutionAttributes,
                "Failure is not set on FailWorkflowExecutionCommand.");

    [Fact]
    public void Complete_WhenTheResultIsTooLarge_TerminatesTheRunWithTheKnownOddText() =>
        Given(WorkflowTaskIsStarted())
            .When(Complete(CompleteWith(Data(TooLarge))))
            .Then(
                WorkflowTaskFailed(),
                WorkflowExecutionTerminated(a =>
                {
                    a.Identity = "history-service";
                    a.Reason = "BadScheduleActivityAttributes: "
                        + "CompleteWorkflowExecutionCommandAttributes.Result exceeds size limit.";
                }));

    [Fact]
    public void Close_WhenAPayloadIsTooLarge_NamesTheField()
    {
        Given(WorkflowTaskIsStarted())
            .WhenCommands(FailWith(new() { Message = new string('x', TooLarge) }))
            .AndCommandFailed(
                WorkflowTaskFailedCause.BadFailWorkflowExecutionAttributes,
                "FailWorkflowExecutionCommandAttributes.Failure exceeds size limit.",
                terminatesRun: true);
        Given(WorkflowTaskIsStarted())
            .WhenCommands(ContinueAsNew(a => a.Input = Data(TooLarge)))
            .AndCommandFailed(
                WorkflowTaskFailedCause.BadContinueAsNewAttributes,
                "ContinueAsNewWorkflowExecutionCommandAttributes. Input exceeds size limit.",
                terminatesRun: true);
        Given(WorkflowTaskIsStarted())
            .WhenCommands(ContinueAsNew(a => a.Memo = new() { Fields = { ["m"] = Json(new string('x', TooLarge)) } }))
            .AndCommandFailed(
                WorkflowTaskFailedCause.BadContinueAsNewAttributes,
                "ContinueAsNewWorkflowExecutionCommandAttributes. Memo exceeds size limit.",
                terminatesRun: true);
    }

    public static TheoryData<string, Action<ContinueAsNewWorkflowExecutionCommandAttributes>, string> BadContinuations =>
        new()
        {
            {
                "queue", a => a.TaskQueue = new() { Name = "/_sys/x" },
                "error validating ContinueAsNewWorkflowExecutionCommand TaskQueue: task queue name cannot start with "
                + "reserved prefix /_sys/. WorkflowType=Workflow TaskQueue=name:\"/_sys/x\" kind:TASK_QUEUE_KIND_NORMAL"
            },
            {
                "run timeout", a => a.WorkflowRunTimeout = (-1).Seconds().ToProto(),
                "Invalid WorkflowRunTimeout on ContinueAsNewWorkflowExecutionCommand: negative duration. "
                + "WorkflowType=Workflow TaskQueue=name:\"queue\" kind:TASK_QUEUE_KIND_NORMAL"
            },
            {
                "task timeout", a => a.WorkflowTaskTimeout = (-1).Seconds().ToProto(),
                "Invalid WorkflowTaskTimeout on ContinueAsNewWorkflowExecutionCommand: negative duration. "
                + "WorkflowType=Workflow TaskQueue=name:\"queue\" kind:TASK_QUEUE_KIND_NORMAL"
            },
            {
                "retry policy", a => a.RetryPolicy = new() { MaximumAttempts = -1 },
                "invalid WorkflowRetryPolicy on ContinueAsNewWorkflowExecutionCommand: MaximumAttempts cannot be "
                + "negative on retry policy.. WorkflowType=Workflow TaskQueue=name:\"queue\" kind:TASK_QUEUE_KIND_NORMAL"
            },
        };

    [Theory]
    [MemberData(nameof(BadContinuations))]
    public void ContinueAsNew_WhenAFieldIsBad_Fails(
        string name, Action<ContinueAsNewWorkflowExecutionCommandAttributes> set, string text)
    {
        Assert.NotEmpty(name);
        Given(WorkflowTaskIsStarted())
            .WhenCommands(ContinueAsNew(set))
            .AndCommandFailed(WorkflowTaskFailedCause.BadContinueAsNewAttributes, text);
    }

    [Fact]
    public void ContinueAsNew_WhenASearchAttributeIsUnknown_FailsWithItsOwnCause() =>
        Given(WorkflowTaskIsStarted())
            .WhenCommands(ContinueAsNew(a => a.SearchAttributes = new() { IndexedFields = { ["Nope"] = Json("1") } }))
            .AndCommandFailed(
                WorkflowTaskFailedCause.BadSearchAttributes,
                "invalid SearchAttributes on ContinueAsNewWorkflowExecutionCommand: Namespace default has no mapping "
                + "defined for search attribute Nope. WorkflowType=Workflow "
                + "TaskQueue=name:\"queue\" kind:TASK_QUEUE_KIND_NORMAL");
}
