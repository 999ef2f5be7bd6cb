using AugmentedOS.Engine.Executions;
using AugmentedOS.Engine.Executions.Updates;
using AugmentedOS.Engine.Tests.Executions.Kit;
using AugmentedOS.Engine.Tests.Executions.Tasks;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.Protocol.V1;
using Temporalio.Api.Update.V1;
using static AugmentedOS.Engine.Tests.Executions.Kit.Events;
using static AugmentedOS.Engine.Tests.Executions.Kit.Scenario;
using static AugmentedOS.Engine.Tests.Executions.Updates.UpdateSteps;

namespace AugmentedOS.Engine.Tests.Executions.Updates;

/// <summary>What workers say of updates, and what they should not.</summary>
public sealed class WorkerMessageTests
{
    [Fact]
    public void Messages_WhenNoCommandNamesThem_TakeEffectAfterAllCommands() =>
        Given(UpdateIsSent())
            .When(Answers.Complete(r => r.Messages.Add([Accepted(), Completed()]), Answers.Marker()))
            .Then(
                WorkflowTaskScheduled(),
                WorkflowTaskStarted(),
                WorkflowTaskCompleted(),
                MarkerRecorded(),
                WorkflowExecutionUpdateAccepted(),
                WorkflowExecutionUpdateCompleted());

    [Fact]
    public void Messages_WhenCommandsNameThem_TakeEffectInTheirPlace() =>
        Given(UpdateIsSent())
            .When(Answers.Complete(
                r => r.Messages.Add([Accepted(), Completed()]), At(Accepted()), Answers.Marker(), At(Completed())))
            .Then(
                WorkflowTaskScheduled(),
                WorkflowTaskStarted(),
                WorkflowTaskCompleted(),
                WorkflowExecutionUpdateAccepted(),
                MarkerRecorded(),
                WorkflowExecutionUpdateCompleted());

    [Fact]
    public void Update_WhenItIsAcceptedOnly_CanBeCompletedLater() =>
        Given(UpdateIsSent(), Step.From(Answer(Accepted())))
            .And(Lifecycle.Requests.Signal(), Step.From(Answers.Poll()))
            .When(Answer(Completed()))
            .Then(WorkflowTaskCompleted(), WorkflowExecutionUpdateCompleted(a => a.AcceptedEventId = 8));

    [Fact]
    public void Updates_WhenTheyOverlap_EachHasItsOwnEvents() =>
        Given(UpdateIsSent("first"), Step.From(Answer(Accepted("first"))), Update("second"), Step.From(Answers.Poll()))
            .When(AnswerInOrder(Accepted("second"), Completed("second"), Completed("first")))
            .Then(
                WorkflowTaskScheduled(),
                WorkflowTaskStarted(),
                WorkflowTaskCompleted(),
                WorkflowExecutionUpdateAccepted(a => a.ProtocolInstanceId = "second"),
                WorkflowExecutionUpdateCompleted(a => a.AcceptedEventId = 12),
                WorkflowExecutionUpdateCompleted(a => a.AcceptedEventId = 8));

    [Fact]
    public void Update_WhenTheWorkerSaysNothingOfIt_IsRejected() =>
        Given(UpdateIsSent())
            .When(Answer())
            .ThenNothingIsWritten()
            .AndEnded("u")
            .AndState(state => Assert.Equal(4, state.LastEventId));

    [Fact]
    public void Update_WhenItWasNotSentYet_IsNotRejectedWithTheTaskThatDidNotBringIt() =>
        Given(WorkflowTaskIsStarted(), Update())
            .When(Answer())
            .Then(WorkflowTaskCompleted(), WorkflowTaskScheduled())
            .AndEnded()
            .AndLive(live => Assert.Single(live.Updates));

    [Fact]
    public void Update_WhenMemoryHasLostIt_IsTakenFromTheAcceptance() =>
        Given(WorkflowTaskIsStarted())
            .When(AnswerInOrder(Accepted("lost", a => a.AcceptedRequest = RequestOf("lost")), Completed("lost")))
            .Then(
                WorkflowTaskCompleted(),
                WorkflowExecutionUpdateAccepted(a => a.AcceptedRequest = RequestOf("lost")),
                WorkflowExecutionUpdateCompleted());

    [Fact]
    public void Update_WhenMemoryHasLostIt_IsTakenFromTheRejection() =>
        Given(WorkflowTaskIsStarted())
            .When(Answer(Rejected("lost", r => r.RejectedRequest = RequestOf("lost"))))
            .Then(WorkflowTaskCompleted())
            .AndEnded("lost");

    [Fact]
    public void Update_WhenAnEventHasItsRequest_IsAcceptedWithoutIt() =>
        Given(
            WorkflowStarted(),
            WorkflowExecutionUpdateAdmitted(a => a.Request = RequestOf("u")),
            WorkflowTaskScheduled())
            .When(Answers.Poll())
            .AndReply<Engine.Executions.Inputs.StartedWorkflowTask>(started => Assert.Empty(started.Messages))
            .When(Answer(Accepted(), Completed()))
            .AndEvents(events => Assert.Null(
                events[1].WorkflowExecutionUpdateAcceptedEventAttributes.AcceptedRequest))
            .AndState(state => Assert.Empty(state.Updates.Admitted));

    [Fact]
    public void Update_WhenAnEventHasItsRequestAndItIsRejected_IsForgotten() =>
        Given(
            WorkflowStarted(),
            WorkflowExecutionUpdateAdmitted(a => a.Request = RequestOf("u")),
            WorkflowTaskScheduled(),
            Step.From(Answers.Poll()))
            .When(Answer(Rejected()))
            .Then(WorkflowTaskCompleted())
            .AndEnded("u")
            .AndState(state => Assert.Empty(state.Updates.Known))
            .When(Find())
            .AndRejected(UpdateRejections.NotFound("u"));

    [Fact]
    public void BadMessage_WhenACommandNamesNoMessage_FailsTheTask() =>
        Fails("ProtocolMessageCommand referenced absent message ID nowhere", r => r.Commands.Add(
            At(new Message { Id = "nowhere" })));

    [Fact]
    public void BadMessage_WhenACommandNamesNothing_FailsTheTask() =>
        Fails("MessageID is not set on ProtocolMessageCommand.", r => r.Commands.Add(At(new Message())));

    [Fact]
    public void BadMessage_WhenNobodyKnowsTheUpdate_FailsTheTask() =>
        Fails(
            "update other wasn't found on the server. This is most likely a transient error which will be resolved "
            + "automatically by retries",
            Accepted("other"));

    [Fact]
    public void BadMessage_WhenTheUpdateIsCompletedBeforeItIsAccepted_FailsTheTask() => Fails(
        "invalid state transition attempted for Update u: received *update.Response message while in state Sent",
        Completed());

    [Fact]
    public void BadMessage_WhenTheUpdateIsAcceptedTwice_FailsTheTask() => Fails(
        "invalid state transition attempted for Update u: received *update.Acceptance message while in state "
        + "ProvisionallyAccepted",
        Accepted(),
        Accepted());

    [Fact]
    public void BadMessage_WhenTheUpdateIsRejectedAfterItWasAccepted_FailsTheTask() => Fails(
        "invalid state transition attempted for Update u: received *update.Rejection message while in state "
        + "ProvisionallyAccepted",
        Accepted(),
        Rejected());

    [Fact]
    public void BadMessage_WhenTheUpdateIsCompletedTwice_FailsTheTask() => Fails(
        "invalid state transition attempted for Update u: received *update.Response message while in state "
        + "ProvisionallyCompleted",
        Accepted(),
        Completed(),
        Completed());

    [Fact]
    public void BadMessage_WhenAnAcceptanceDoesNotSayOfWhat_FailsTheTask()
    {
        Fails(
            "invalid *update.Acceptance: accepted_request_sequencing_event_id is not set",
            Accepted("u", a => a.AcceptedRequestSequencingEventId = 0));
        Fails(
            "invalid *update.Acceptance: accepted_request_message_id is not set",
            Accepted("u", a => a.AcceptedRequestMessageId = ""));
    }

    [Fact]
    public void BadMessage_WhenAResponseIsIncomplete_FailsTheTask()
    {
        Fails("invalid *update.Response: meta is not set", Accepted(), Completed("u", r => r.Meta = null));
        Fails(
            "invalid *update.Response: meta.update_id is not set",
            Accepted(),
            Completed("u", r => r.Meta.UpdateId = ""));
        Fails("invalid *update.Response: meta.update_id != u", Accepted(), Completed("u", r => r.Meta.UpdateId = "v"));
        Fails("invalid *update.Response: outcome is not set", Accepted(), Completed("u", r => r.Outcome = null));
    }

    [Fact]
    public void BadMessage_WhenItIsOfAnotherProtocol_FailsTheTask() =>
        Fails("unsupported protocol type google.protobuf", Of("m", "u", new StringValue { Value = "hello" }));

    [Fact]
    public void BadMessage_WhenItIsNoAnswer_FailsTheTask() =>
        Fails("Message type *update.Request not supported", Of("m", "u", RequestOf("u")));

    [Fact]
    public void BadMessage_WhenItsBytesAreDamaged_FailsTheTask() => Given(UpdateIsSent())
        .When(Answer(new Message
        {
            Id = "m",
            ProtocolInstanceId = "u",
            Body = new Any
            {
                TypeUrl = "type.googleapis.com/temporal.api.update.v1.Acceptance",
                Value = ByteString.CopyFrom(0xFF, 0xFF),
            },
        }))
        .Then(WorkflowTaskScheduled(), WorkflowTaskStarted(), WorkflowTaskFailed());

    [Fact]
    public void BadMessage_WhenItHasNoBody_IsRefusedAndTheTaskGoesOn() => Given(UpdateIsSent())
        .When(Answer(new Message { Id = "m", ProtocolInstanceId = "u" }))
        .ThenNothing()
        .AndRejected(StatusCode.InvalidArgument, "nil message body")
        .AndState(state => Assert.True(state.Task!.IsStarted));

    [Fact]
    public void BadMessage_WhenItIsTooLarge_TerminatesTheRun() =>
        Given(EngineLimits.Default with { BlobSizeError = 100 }, UpdateIsSent())
            .When(Answer(Accepted(), Completed("u", r => r.Outcome = new Outcome
            {
                Failure = new Temporalio.Api.Failure.V1.Failure { Message = new string('x', 200) },
            })))
            .Then(
                WorkflowTaskScheduled(),
                WorkflowTaskStarted(),
                WorkflowTaskFailed(),
                WorkflowExecutionTerminated(a => a.Reason = "BadUpdateWorkflowExecutionMessage: Message type "
                    + "temporal.api.update.v1.Response exceeds size limit."));

    [Fact]
    public void BadMessage_WhenOthersWait_EndsTheSentAndKeepsTheRest() =>
        Given(UpdateIsSent("sent"), Update("waiting"))
            .When(Answer(Completed("sent")))
            .AndEnded("sent")
            .AndLive(live => Assert.Equal("waiting", Assert.Single(live.Updates).Id));

    [Fact]
    public void BadMessage_WhenTheTaskIsARetry_IsLeftToItsTimeoutAndYetEndsTheUpdate() =>
        Given(UpdateIsSent(), Step.From(Answers.Fail()), Step.From(Answers.Poll()))
            .When(Answer(Completed()))
            .ThenNoFacts()
            .AndEnded("u")
            .AndState(state => Assert.True(state.Task!.IsStarted));

    private static void Fails(string text, params Message[] messages) => Fails(text, r => r.Messages.Add(messages));

    private static void Fails(
        string text, Action<Temporalio.Api.WorkflowService.V1.RespondWorkflowTaskCompletedRequest> set) =>
        Given(UpdateIsSent())
            .When(Answers.Complete(set))
            .AndRejected(StatusCode.InvalidArgument, $"BadUpdateWorkflowExecutionMessage: {text}")
            .Then(
                WorkflowTaskScheduled(),
                WorkflowTaskStarted(),
                WorkflowTaskFailed(a => a.Cause = WorkflowTaskFailedCause.BadUpdateWorkflowExecutionMessage))
            .AndEnded("u")
            .AndState(state => Assert.True(state.Task is { IsTransient: true, Attempt: 2 }));
}
