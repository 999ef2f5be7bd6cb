using AugmentedOS.Engine.Executions;
using AugmentedOS.Engine.Executions.Updates;
using AugmentedOS.Engine.Tests.Executions.Kit;
using AugmentedOS.Engine.Tests.Executions.Lifecycle;
using AugmentedOS.Engine.Tests.Executions.Tasks;
using Grpc.Core;
using Temporalio.Api.Enums.V1;
using static AugmentedOS.Engine.Tests.Executions.Kit.Events;
using static AugmentedOS.Engine.Tests.Executions.Kit.Scenario;
using static AugmentedOS.Engine.Tests.Executions.Updates.UpdateSteps;

namespace AugmentedOS.Engine.Tests.Executions.Updates;

/// <summary>Which updates a run takes, and which it has had before.</summary>
public sealed class UpdateAdmissionTests
{
    [Fact]
    public void Update_WhenATaskIsPending_GoesAlongWithIt() =>
        Given(WorkflowStarted(), WorkflowTaskScheduled(), Update("first"), Update("second"))
            .When(Answers.Poll())
            .Then(WorkflowTaskStarted())
            .AndReply<Engine.Executions.Inputs.StartedWorkflowTask>(started => Assert.Equal(
                [("first", 2L), ("second", 2L)],
                started.Messages.Select(m => (m.ProtocolInstanceId, m.EventId))));

    [Fact]
    public void Update_WhenItIsKnownInAnyStage_IsFoundAndNotSentAgain()
    {
        var scenario = Given(WorkflowIsIdle(), Update());
        IsFound<UpdateProgress.Admitted>(scenario);
        scenario.And(Step.From(Answers.Poll()));
        IsFound<UpdateProgress.Admitted>(scenario);
        scenario.And(Step.From(Answer(Accepted())));
        IsFound<UpdateProgress.Accepted>(scenario);
        scenario.And(Requests.Signal(), Step.From(Answers.Poll()), Step.From(Answer(Completed())));
        IsFound<UpdateProgress.CompletedAt>(scenario);
        scenario.And(Requests.Terminate());
        IsFound<UpdateProgress.CompletedAt>(scenario);
    }

    [Fact]
    public void Update_WhenItWasRejected_IsAskedForAfresh() =>
        Given(UpdateIsSent(), Step.From(Answer(Rejected())))
            .When(Find())
            .AndRejected(UpdateRejections.NotFound("u"))
            .When(Update())
            .AndState(state => Assert.Equal(5, state.Task!.ScheduledEventId))
            .When(Answers.Poll())
            .AndReply<Engine.Executions.Inputs.StartedWorkflowTask>(started => Assert.Single(started.Messages));

    [Fact]
    public void Update_WhenTheWorkflowIsClosed_IsRefused() =>
        Given(WorkflowIsIdle(), Requests.Terminate())
            .When(Update())
            .ThenNothing()
            .AndRejected(StatusCode.NotFound, "workflow execution already completed");

    [Fact]
    public void Update_WhenTheWorkflowClosedBeforeItWasDone_HasFailed() =>
        Given(UpdateIsSent(), Step.From(Answer(Accepted())), Requests.Terminate())
            .When(Update())
            .AndReply<UpdateStanding>(standing =>
            {
                var failure = Assert.IsType<UpdateProgress.Completed>(standing.Progress).Outcome.Failure;
                Assert.Equal(
                    "Workflow Update failed because the Workflow completed before the Update completed.", failure.Message);
                Assert.Equal("Server", failure.Source);
                Assert.Equal("AcceptedUpdateCompletedWorkflow", failure.ApplicationFailureInfo.Type);
                Assert.True(failure.ApplicationFailureInfo.NonRetryable);
            });

    [Fact]
    public void Update_WhenItIsForAnotherChain_IsRefused() =>
        Given(WorkflowIsIdle())
            .When(Update("u", r => r.FirstExecutionRunId = SequentialIds.Nth(5).ToString()))
            .ThenNothing()
            .AndRejected(StatusCode.NotFound, "workflow execution not found");

    [Fact]
    public void Update_WhenTheTaskKeepsFailing_IsRefused() =>
        Given(WorkflowTaskIsStarted(), Step.From(Answers.Fail()), Step.From(Answers.Poll()), Step.From(Answers.Fail()))
            .When(Update())
            .ThenNothing()
            .AndRejected(Rejection.WorkflowNotReady(
                "Unable to perform workflow execution update due to Workflow Task in failed state."));

    [Fact]
    public void Update_WhenTheWorkflowTriesToClose_IsRefused() =>
        Given(
            WorkflowTaskIsStarted(),
            Requests.Signal(),
            new Step(s => s.When(Answers.Complete(Answers.CompleteWorkflow()))),
            Step.From(Answers.Poll()))
            .When(Update())
            .ThenNothing()
            .AndRejected(UpdateRejections.Closing());

    [Fact]
    public void Update_WhenTooManyAreInFlight_IsRefused()
    {
        var scenario = Given(WorkflowIsIdle());
        for (var i = 0; i < 10; i++)
        {
            scenario.And(Update($"u{i}"));
        }

        scenario.When(Update("one too many"))
            .ThenNothing()
            .AndRejected(Rejection.ResourceExhausted(
                ResourceExhaustedCause.ConcurrentLimit,
                "limit on number of concurrent in-flight updates has been reached (10)"));
    }

    [Fact]
    public void Update_WhenAcceptedOnesFillTheLimit_IsRefusedUntilOneIsDone() =>
        Given(EngineLimits.Default with { MaxInFlightUpdates = 1 }, UpdateIsSent(), Step.From(Answer(Accepted())))
            .When(Update("next"))
            .AndRejected(
                StatusCode.ResourceExhausted, "limit on number of concurrent in-flight updates has been reached (1)")
            .And(Requests.Signal(), Step.From(Answers.Poll()), Step.From(Answer(Completed())))
            .When(Update("next"))
            .AndNotRejected();

    [Fact]
    public void Update_WhenTheirRequestsAreTooLarge_IsRefused() =>
        Given(EngineLimits.Default with { MaxInFlightUpdateBytes = 100 }, WorkflowIsIdle(), Update())
            .When(Update("second", r => r.Request.Input.Name = new string('x', 60)))
            .ThenNothing()
            .AndRejected(
                StatusCode.ResourceExhausted,
                "limit on total payload size of in-flight updates has been reached (100 bytes)");

    [Fact]
    public void Update_WhenTheRunHadAsManyAsItMay_IsRefusedForGood() =>
        Given(EngineLimits.Default with { MaxTotalUpdates = 1 }, UpdateIsSent(), Step.From(Answer(Accepted(), Completed())))
            .When(Update("next"))
            .ThenNothing()
            .AndRejected(
                StatusCode.FailedPrecondition,
                "The limit on the total number of distinct updates in this workflow has been reached (1). Make sure any "
                + "duplicate updates share an Update ID so the server can deduplicate them, and consider rejecting updates "
                + "that you aren't going to process. You can also Continue-as-New to avoid this; we recommend you check "
                + "Continue-as-New Suggested in your Workflow.");

    [Fact]
    public void Update_WhenOthersWereRejected_DoesNotCountThem() =>
        Given(EngineLimits.Default with { MaxTotalUpdates = 1 }, UpdateIsSent(), Step.From(Answer(Rejected())))
            .When(Update("next"))
            .AndNotRejected();

    [Fact]
    public void Task_WhenTheRunHadNearlyAsManyUpdatesAsItMay_SuggestsToContinueAsNew() =>
        Given(
            EngineLimits.Default with { MaxTotalUpdates = 2, UpdatesSuggestRatio = 0.5 },
            UpdateIsSent(),
            Step.From(Answer(Accepted(), Completed())),
            Requests.Signal())
            .When(Answers.Poll())
            .Then(WorkflowTaskStarted(a =>
            {
                a.SuggestContinueAsNew = true;
                a.SuggestContinueAsNewReasons.Add(SuggestContinueAsNewReason.TooManyUpdates);
            }));

    [Fact]
    public void Update_WhenARunIsNotThere_IsRefused() =>
        Given()
            .When(Update())
            .AndRejected(Rejection.WorkflowNotFound(Key.Workflow));

    private static void IsFound<TProgress>(Scenario scenario)
        where TProgress : UpdateProgress
    {
        scenario.When(Update("u", r => r.Request.Input.Name = "something else")).ThenNothing()
            .AndReply<UpdateStanding>(standing => Assert.IsType<TProgress>(standing.Progress));
        scenario.When(Find()).ThenNothing()
            .AndReply<UpdateStanding>(standing => Assert.IsType<TProgress>(standing.Progress));
    }
}
