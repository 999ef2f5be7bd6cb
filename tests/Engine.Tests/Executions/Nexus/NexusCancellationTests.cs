using AugmentedOS.Engine.Executions;
using AugmentedOS.Engine.Executions.Nexus;
using AugmentedOS.Engine.Tests.Executions.Kit;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.Failure.V1;
using static AugmentedOS.Engine.Tests.Executions.Kit.Events;
using static AugmentedOS.Engine.Tests.Executions.Kit.Scenario;
using static AugmentedOS.Engine.Tests.Executions.Nexus.NexusSteps;

namespace AugmentedOS.Engine.Tests.Executions.Nexus;

/// <summary>Asking an operation to stop.</summary>
public sealed class NexusCancellationTests
{
    private const WorkflowTaskFailedCause Bad = WorkflowTaskFailedCause.BadRequestCancelNexusOperationAttributes;

    [Fact]
    public void Cancel_WhenTheOperationHasStarted_IsSentAtOnce() =>
        Given(OperationIsScheduled(), AnswerStarted(), WorkflowTaskStarted())
            .WhenCommands(Cancel())
            .Then(WorkflowTaskCompleted(), NexusOperationCancelRequested(a => a.ScheduledEventId = Scheduled))
            .AndState(state => Assert.Equal("CancelOperationCall 5 after 0", Due(state)));

    [Fact]
    public void Cancel_WhenTheOperationHasNotStarted_IsSentWhenItHas() =>
        Given(OperationIsScheduled(), TaskIsStarted())
            .WhenCommands(Cancel())
            .Then(WorkflowTaskCompleted(), NexusOperationCancelRequested())
            .AndState(state => Assert.Equal("StartOperationCall 5 after 0", Due(state)))
            .When(AnswerStarted())
            .AndState(state => Assert.Equal("CancelOperationCall 5 after 0", Due(state)));

    [Fact]
    public void Cancel_WhenTheOperationEndsFirst_IsDropped() =>
        Given(OperationIsScheduled(), TaskIsStarted())
            .WhenCommands(Cancel())
            .When(Answer(new NexusStartOutcome.Completed(Result, [])))
            .Then(NexusOperationCompleted(), WorkflowTaskScheduled())
            .AndState(state => Assert.Equal("", Due(state)));

    [Fact]
    public void Cancel_WhenTheHandlerTakesNote_SaysSoAndTheOperationGoesOn() => Asked()
        .When(CancelAnswer())
        .Then(
            NexusOperationCancelRequestCompleted(a => (a.ScheduledEventId, a.RequestedEventId) = (Scheduled, 10)),
            WorkflowTaskScheduled())
        .AndEvents(events => Assert.True(events[0].WorkerMayIgnore))
        .AndState(state => Assert.Equal(
            NexusCancellationPhase.Succeeded, state.Nexus.Operations[Scheduled].Cancellation!.Phase));

    [Fact]
    public void Cancel_WhenTheHandlerRefuses_SaysWhy() => Asked()
        .When(CancelAnswer(Refusal(HandlerErrorType.NotImplemented)))
        .Then(
            NexusOperationCancelRequestFailed(a => a.Failure = Refusal(HandlerErrorType.NotImplemented)),
            WorkflowTaskScheduled())
        .AndState(state => Assert.Equal("", Due(state)));

    [Fact]
    public void Cancel_WhenAnAttemptFails_IsTriedAgain() => Asked()
        .When(CancelAnswer(Refusal(), isRetried: true))
        .Then()
        .AndNextDeadline(DeadlineKind.NexusCancelRetry, 1.Seconds())
        .AndState(state => Assert.Equal("", Due(state)))
        .WhenElapsed(1.Seconds())
        .AndState(state => Assert.Equal("CancelOperationCall 5 after 1", Due(state)))
        .When(CancelAnswer(earlierAttempts: 1))
        .Then(NexusOperationCancelRequestCompleted(), WorkflowTaskScheduled());

    [Fact]
    public void Cancel_WhenEventsOfItAreSwitchedOff_LeavesNoTrace()
    {
        var scenario = Asked();
        scenario.Limits = EngineLimits.Default with { Features = new() { NexusCancelEvents = false } };
        scenario.When(CancelAnswer())
            .Then()
            .AndState(state => Assert.Equal(
                NexusCancellationPhase.Succeeded, state.Nexus.Operations[Scheduled].Cancellation!.Phase))
            .AndNoEffects();
    }

    [Fact]
    public void Answer_WhenItIsOfAnotherAttempt_ChangesNothing() =>
        Asked().When(CancelAnswer(earlierAttempts: 1)).ThenNothing();

    [Fact]
    public void Cancel_WhenItWasAskedBefore_FailsTheTask() => Asked()
        .And(TaskIsStarted())
        .WhenCommands(Cancel())
        .AndCommandFailed(Bad, "cancelation was already requested for an operation with scheduled event ID 5");

    [Fact]
    public void Cancel_WhenThereIsNoSuchOperation_FailsTheTask() => Given(OperationIsScheduled(), TaskIsStarted())
        .WhenCommands(Cancel(77))
        .AndCommandFailed(
            Bad,
            "requested cancelation for a non-existing or already completed operation with scheduled event ID of 77");

    [Fact]
    public void Cancel_WhenTheOperationHasJustEndedUnseen_IsWrittenBeforeItsEnd() =>
        Given(OperationIsScheduled(), TaskIsStarted(), Answer(new NexusStartOutcome.Completed(Result, [])))
            .WhenCommands(Cancel())
            .Then(WorkflowTaskCompleted(), NexusOperationCancelRequested(), NexusOperationCompleted())
            .AndState(state => Assert.Empty(state.Nexus.Operations));

    [Fact]
    public void Cancel_WhenTheOperationIsCanceled_EndsWithTheHandlersWord() => Asked()
        .And(CancelAnswer())
        .When(Complete(new NexusCompletion
        {
            Failure = new Failure { Message = "stopped", CanceledFailureInfo = new CanceledFailureInfo() },
            IsCanceled = true,
        }))
        .Then(NexusOperationCanceled(a => a.Failure = new Failure { Cause = new Failure { Message = "stopped" } }))
        .AndState(state => Assert.Empty(state.Nexus.Operations));

    /// <summary>A started operation that was asked to cancel by event 10.</summary>
    private static Scenario Asked() =>
        Given(OperationIsScheduled(), AnswerStarted(), WorkflowTaskStarted()).WhenCommands(Cancel());
}
