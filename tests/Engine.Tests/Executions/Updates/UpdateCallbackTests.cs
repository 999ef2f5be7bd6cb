using AugmentedOS.Engine.Executions;
using AugmentedOS.Engine.Executions.Describing;
using AugmentedOS.Engine.Executions.Inputs;
using AugmentedOS.Engine.Executions.Nexus;
using AugmentedOS.Engine.Executions.Updates;
using AugmentedOS.Engine.Tests.Executions.Kit;
using AugmentedOS.Engine.Tests.Executions.Tasks;
using Grpc.Core;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.WorkflowService.V1;
using static AugmentedOS.Engine.Tests.Executions.Kit.Events;
using static AugmentedOS.Engine.Tests.Executions.Kit.Scenario;
using static AugmentedOS.Engine.Tests.Executions.Updates.UpdateSteps;

namespace AugmentedOS.Engine.Tests.Executions.Updates;

/// <summary>Requests for updates that want to be called back.</summary>
public sealed class UpdateCallbackTests
{
    [Fact]
    public void Update_WhenItHasCallbacks_KeepsThemAndTheirLinksInItsEvent() =>
        Given(WorkflowIsIdle(), Update("u", WithCallback("first")), Step.From(Answers.Poll()))
            .When(Answer(Accepted()))
            .AndEvents(events =>
            {
                var accepted = events.Single(e => e.EventType == EventType.WorkflowExecutionUpdateAccepted);
                Assert.Single(accepted.WorkflowExecutionUpdateAcceptedEventAttributes.AcceptedRequest.CompletionCallbacks);
                Assert.Equal("caller", Assert.Single(accepted.Links).WorkflowEvent.WorkflowId);
            })
            .AndState(state => Assert.Equal(
                (EventType.WorkflowExecutionUpdateAccepted, 8L),
                (ExtendedInfo.Of(state).RequestIdInfos["first"].EventType,
                    ExtendedInfo.Of(state).RequestIdInfos["first"].EventId)));

    [Fact]
    public void Update_WhenItHasCallbacksAndNoRequestId_IsRefused() =>
        Given(WorkflowIsIdle())
            .When(Update("u", WithCallback("")))
            .ThenNothing()
            .AndRejected(
                StatusCode.InvalidArgument,
                "invalid *update.Request: request_id is required when completion_callbacks are set");

    [Fact]
    public void Update_WhenAnotherAsksForItBeforeItIsAccepted_IsAttachedWithTheAcceptance() =>
        Given(UpdateIsSent(), Update("u", WithCallback("second")), Update("u", WithCallback("second")))
            .When(Answer(Accepted()))
            .Then(
                WorkflowTaskScheduled(),
                WorkflowTaskStarted(),
                WorkflowTaskCompleted(),
                WorkflowExecutionUpdateAccepted(),
                WorkflowExecutionOptionsUpdated())
            .AndEvents(events =>
            {
                var options = Assert.Single(
                    events[4].WorkflowExecutionOptionsUpdatedEventAttributes.WorkflowUpdateOptions);
                Assert.Equal(("u", "second"), (options.UpdateId, options.AttachedRequestId));
                Assert.Single(options.AttachedCompletionCallbacks);
                Assert.True(events[4].WorkerMayIgnore);
            });

    [Fact]
    public void Update_WhenAnotherAsksForItAfterItIsAccepted_IsAttachedAtOnceAndOnce() =>
        Given(UpdateIsSent(), Step.From(Answer(Accepted())))
            .When(Update("u", WithCallback("second")))
            .Then(WorkflowExecutionOptionsUpdated())
            .AndReply<UpdateStanding>(standing => Assert.IsType<UpdateProgress.Accepted>(standing.Progress))
            .When(Update("u", WithCallback("second")))
            .ThenNothing();

    [Fact]
    public void Update_WhenAnotherAsksForItWhileATaskIsStarted_IsAttachedWhenThatEnds() =>
        Given(UpdateIsSent(), Step.From(Answer(Accepted())), Lifecycle.Requests.Signal(), Step.From(Answers.Poll()))
            .When(Update("u", WithCallback("second")))
            .ThenBuffered(WorkflowExecutionOptionsUpdated())
            .AndState(state => Assert.True(ExtendedInfo.Of(state).RequestIdInfos["second"].Buffered))
            .When(Answer())
            .Then(WorkflowTaskCompleted(), WorkflowExecutionOptionsUpdated(), WorkflowTaskScheduled())
            .AndState(state => Assert.Equal(13, ExtendedInfo.Of(state).RequestIdInfos["second"].EventId));

    [Fact]
    public void Update_WhenAnotherAsksForItAfterItIsCompleted_IsAnsweredAtOnce() =>
        Given(UpdateIsSent(), Step.From(Answer(Accepted(), Completed())))
            .When(Update("u", WithCallback("second")))
            .ThenNothing()
            .AndReply<UpdateStanding>(standing => Assert.IsType<UpdateProgress.CompletedAt>(standing.Progress));

    [Fact]
    public void Update_WhenCallbacksAreSwitchedOff_IsNotAttached() =>
        Given(
            EngineLimits.Default with { Features = new EngineFeatures { UpdateCallbacks = false } },
            UpdateIsSent(),
            Step.From(Answer(Accepted())))
            .When(Update("u", WithCallback("second")))
            .ThenNothing();

    [Fact]
    public void Callbacks_WhenTheUpdateIsDone_AreCalledWithItsResultAndOnce()
    {
        var scenario = Given(
                WorkflowIsIdle(), Update("u", WithCallback("first")), Update("u", WithCallback("second")))
            .And(Step.From(Answers.Poll()))
            .When(Answer(Accepted(), Completed()));

        var calls = PendingNexusCalls.All(scenario.State).Cast<CompletionCall>().ToList();
        Assert.Equal(["first", "second"], calls.Select(call => call.Callback.RequestId));
        Assert.All(calls, call =>
        {
            Assert.NotNull(call.Completion.Result);
            Assert.Equal(
                call.Callback.RequestId, Assert.Single(call.Completion.Links).WorkflowEvent.RequestIdRef.RequestId);
        });
        Assert.True(scenario.State.IsHot);
        scenario.When(new RecordCallbackOutcome(Key, 1, 0, null, false))
            .When(new RecordCallbackOutcome(Key, 2, 0, null, false))
            .When(Lifecycle.Requests.Terminate())
            .AndState(state => Assert.Empty(PendingNexusCalls.All(state)));
    }

    [Fact]
    public void Callbacks_WhenACallFails_AreTriedAgainWhileTheRunGoesOn() =>
        Given(WorkflowIsIdle(), Update("u", WithCallback("first")), Step.From(Answers.Poll()))
            .And(Step.From(Answer(Accepted(), Completed())))
            .When(new RecordCallbackOutcome(Key, 1, 0, "not there", IsRetried: true))
            .AndNextDeadline(DeadlineKind.CallbackRetry, 1.Seconds())
            .WhenElapsed(1.Seconds())
            .AndState(state => Assert.Single(PendingNexusCalls.All(state)));

    [Fact]
    public void Callbacks_WhenTheRunEndsFirst_AreCalledWithThatFailure() =>
        Given(WorkflowIsIdle(), Update("u", WithCallback("first")), Step.From(Answers.Poll()))
            .And(Step.From(Answer(Accepted())))
            .When(Lifecycle.Requests.Terminate())
            .AndState(state => Assert.Equal(
                UpdateFailures.WorkflowCompleted(),
                Assert.IsType<CompletionCall>(Assert.Single(PendingNexusCalls.All(state))).Completion.Failure));

    [Fact]
    public void Callbacks_WhenAnUpdateOfAResetIsRejected_AreCalledWithTheFailure() =>
        Given(
            WorkflowStarted(),
            WorkflowExecutionUpdateAdmitted(a =>
            {
                var request = new UpdateWorkflowExecutionRequest { Request = RequestOf("u") };
                WithCallback("first")(request);
                a.Request = request.Request;
            }),
            WorkflowTaskScheduled(),
            Step.From(Answers.Poll()))
            .When(Answer(Rejected()))
            .AndState(state => Assert.Equal(
                "no",
                Assert.IsType<CompletionCall>(Assert.Single(PendingNexusCalls.All(state))).Completion.Failure!.Message));

    [Fact]
    public void Callbacks_WhenTheyAreTooMany_AreRefused() =>
        Given(EngineLimits.Default with { MaxCallbacks = 1 }, UpdateIsSent(), Step.From(Answer(Accepted())))
            .And(Update("u", WithCallback("first")))
            .When(Update("u", WithCallback("second")))
            .AndRejected(
                StatusCode.FailedPrecondition,
                "cannot attach more than 1 callbacks to a workflow (1 callbacks already attached)");

    [Fact]
    public void Update_WhenOneHasTooManyCallbacks_RefusesAnotherForItAndNotForOthers() =>
        Given(
            EngineLimits.Default with { MaxCallbacksPerUpdate = 1 },
            WorkflowIsIdle(), Update("u", WithCallback("first")))
            .When(Update("u", WithCallback("second")))
            .ThenNothing()
            .AndRejected(
                StatusCode.FailedPrecondition,
                "cannot attach more than 1 callbacks to update \"u\" (1 callbacks already attached)")
            .When(Update("another", WithCallback("third")))
            .AndReply<UpdateStanding>(standing => Assert.IsType<UpdateProgress.Admitted>(standing.Progress));

    [Fact]
    public void Callbacks_WhenTheRunIsDescribed_SayWhatTheyWaitFor() =>
        Given(WorkflowIsIdle(), Update("u", WithCallback("first")), Step.From(Answers.Poll()))
            .When(Answer(Accepted()))
            .AndState(state => Assert.Equal(
                "u",
                Assert.Single(ExecutionDescription.Of(state).Callbacks)
                    .Trigger.UpdateWorkflowExecutionCompleted.UpdateId));

    private static Action<UpdateWorkflowExecutionRequest> WithCallback(string requestId) => request =>
    {
        request.Request.RequestId = requestId;
        request.Request.CompletionCallbacks.Add(new Callback
        {
            Nexus = new Callback.Types.Nexus { Url = "temporal://system" },
            Links =
            {
                new Link
                {
                    WorkflowEvent = new Link.Types.WorkflowEvent { Namespace = "n", WorkflowId = "caller", RunId = "r" },
                },
            },
        });
    };
}
