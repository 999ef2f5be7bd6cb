using AugmentedOS.Engine.Executions;
using AugmentedOS.Engine.Executions.Inputs;
using AugmentedOS.Engine.Tests.Executions.Kit;
using Temporalio.Api.Enums.V1;
using static AugmentedOS.Engine.Tests.Executions.Kit.Events;
using static AugmentedOS.Engine.Tests.Executions.Kit.Scenario;
using static AugmentedOS.Engine.Tests.Executions.Lifecycle.Requests;
using static AugmentedOS.Engine.Tests.Executions.Starting.Starts;
using static AugmentedOS.Engine.Tests.Executions.Tasks.Answers;

namespace AugmentedOS.Engine.Tests.Executions.Lifecycle;

public sealed class SignalTests
{
    [Fact]
    public void Signal_WhenTheRunIsIdle_IsRecordedBeforeANewTask() =>
        Given(WorkflowIsIdle())
            .When(Signal(requestId: "r", input: Data("data")))
            .Then(
                WorkflowExecutionSignaled(a =>
                {
                    a.SignalName = "signal";
                    a.Identity = "client";
                    a.RequestId = "r";
                    a.Input = Data("data");
                }),
                WorkflowTaskScheduled())
            .AndReply<SignaledExecution>(reply =>
            {
                Assert.Equal("r", reply.Link.WorkflowEvent.RequestIdRef.RequestId);
                Assert.Equal(EventType.WorkflowExecutionSignaled, reply.Link.WorkflowEvent.RequestIdRef.EventType);
                Assert.Equal(Key.Run.ToString(), reply.Link.WorkflowEvent.RunId);
            });

    [Fact]
    public void Signal_WhenATaskIsScheduled_AddsOnlyItself() =>
        Given(WorkflowStarted(), WorkflowTaskScheduled())
            .When(Signal())
            .Then(WorkflowExecutionSignaled())
            .AndNothingElse();

    [Fact]
    public void Signal_WhenATaskIsStarted_WaitsInTheBuffer() =>
        Given(WorkflowTaskIsStarted()).When(Signal()).Then().ThenBuffered(WorkflowExecutionSignaled());

    [Fact]
    public void Signal_WhenRepeated_CountsOnce() =>
        Given(WorkflowIsIdle(), Signal(requestId: "r"))
            .When(Signal(requestId: "r"))
            .ThenNothing()
            .AndReply<SignaledExecution>();

    [Fact]
    public void Signal_WhenRepeatedFromTheBuffer_CountsOnce() =>
        Given(WorkflowTaskIsStarted(), Signal(requestId: "r"))
            .When(Signal(requestId: "r"))
            .ThenNothing()
            .AndReply<SignaledExecution>();

    [Fact]
    public void Signal_WhenRepeatedAfterTheClose_StillSucceeds() =>
        Given(WorkflowIsIdle(), Signal(requestId: "r"), WorkflowExecutionTerminated())
            .When(Signal(requestId: "r"))
            .ThenNothing()
            .AndReply<SignaledExecution>();

    [Fact]
    public void Signal_WhenItHasNoRequestId_CountsEachTime() =>
        Given(WorkflowIsIdle(), Signal())
            .When(Signal())
            .Then(WorkflowExecutionSignaled());

    [Theory]
    [InlineData(WorkflowExecutionStatus.Completed)]
    [InlineData(WorkflowExecutionStatus.ContinuedAsNew)]
    public void Signal_WhenTheRunIsClosed_IsRefused(WorkflowExecutionStatus status) =>
        Given(Closed(status)).When(Signal()).ThenNothing().AndRejected(Rejection.AlreadyCompleted());

    [Fact]
    public void Signal_WhenNoRunExists_IsRefused() =>
        Given().When(Signal()).ThenNothing().AndRejected(Rejection.WorkflowNotFound(Key.Workflow));

    [Fact]
    public void Signal_WhenInTheFirstBackoff_DoesNotEndIt() =>
        Given(StartWorkflow(r => r.WorkflowStartDelay = 1.Hours().ToProto()))
            .When(Signal())
            .Then(WorkflowExecutionSignaled())
            .AndNextDeadline(DeadlineKind.FirstTaskBackoff, 1.Hours());

    [Fact]
    public void Signal_WhenTheLimitIsReached_IsRefused() =>
        Given(EngineLimits.Default with { MaxSignals = 1 }, WorkflowIsIdle(), Signal())
            .When(Signal())
            .ThenNothing()
            .AndRejected(Rejection.InvalidArgument("exceeded workflow execution limit for signal events"));

    /// <summary>The workflow lost its close to a first signal; it must not lose to a second and a third one too.</summary>
    [Fact]
    public void Signal_WhenTheWorkflowTriesToCloseAgain_IsRefusedUntilThen() =>
        Given(WorkflowTaskIsStarted(), Signal())
            .When(Complete(CompleteWorkflow()))
            .When(Poll())
            .When(Signal())
            .ThenNothing()
            .AndRejected(Rejection.ResourceExhausted(
                ResourceExhaustedCause.BusyWorkflow,
                "workflow operation can not be applied because workflow is closing"));

    [Fact]
    public void Signal_WhenAnotherWorkflowSendsIt_NamesTheSender() =>
        Given(WorkflowIsIdle())
            .When(Signal(sender: Sender()))
            .Then(WorkflowExecutionSignaled(a => a.ExternalWorkflowExecution = SomeParent), WorkflowTaskScheduled());

    [Fact]
    public void Signal_WhenOnlyForTheSendersChild_IsRefusedByOthers() =>
        Given(WorkflowIsIdle())
            .When(Signal(sender: Sender(childOnly: true)))
            .ThenNothing()
            .AndRejected(Rejection.NotFound("workflow parent does not match"));
}
