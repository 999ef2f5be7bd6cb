using AugmentedOS.Engine.Executions;
using AugmentedOS.Engine.Executions.Updates;
using AugmentedOS.Engine.Tests.Executions.Kit;
using AugmentedOS.Engine.Tests.Executions.Lifecycle;
using AugmentedOS.Engine.Tests.Executions.Tasks;
using Temporalio.Api.Command.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.TaskQueue.V1;
using static AugmentedOS.Engine.Tests.Executions.Kit.Events;
using static AugmentedOS.Engine.Tests.Executions.Kit.Scenario;
using static AugmentedOS.Engine.Tests.Executions.Updates.UpdateSteps;

namespace AugmentedOS.Engine.Tests.Executions.Updates;

/// <summary>What those who wait for an update are told.</summary>
public sealed class UpdateNewsTests
{
    [Fact]
    public void News_WhenAnUpdateIsAcceptedAndCompletedAtOnce_AreThatItIsCompleted() =>
        Assert.IsType<UpdateProgress.Completed>(NewsOf(
            Given(UpdateIsSent()).When(Answer(Accepted(), Completed()))));

    [Fact]
    public void News_WhenAnUpdateIsAcceptedOnly_AreThat() =>
        Assert.IsType<UpdateProgress.Accepted>(NewsOf(Given(UpdateIsSent()).When(Answer(Accepted()))));

    [Fact]
    public void News_WhenAnUpdateIsRejected_AreTheWorkersFailure() => Assert.Equal(
        "no",
        Assert.IsType<UpdateProgress.Completed>(NewsOf(Given(UpdateIsSent()).When(Answer(Rejected()))))
            .Outcome.Failure.Message);

    [Fact]
    public void News_WhenTheWorkerSaysNothing_AreThatItDoesNotKnowUpdates()
    {
        var news = NewsOf(Given(UpdateIsSent()).When(Answer()));

        var failure = Assert.IsType<UpdateProgress.Completed>(news).Outcome.Failure;
        Assert.Equal(
            "Workflow Update is rejected because it wasn't processed by worker. Probably, Workflow Update is not supported by "
            + "the worker.",
            failure.Message);
        Assert.Equal("UnprocessedUpdate", failure.ApplicationFailureInfo.Type);
    }

    [Fact]
    public void News_WhenTheWorkersAnswerIsNoGood_AreThat() => Assert.Equal(
        UpdateRejections.TaskFailed().Message,
        Assert.IsType<UpdateProgress.Aborted>(NewsOf(Given(UpdateIsSent()).When(Answer(Completed())))).Rejection.Message);

    [Fact]
    public void News_WhenTheWorkflowClosesWithoutAnAnswer_AreThatItCameToNothing() => IsAborted(
        UpdateRejections.AbortedByClosing(),
        Given(UpdateIsSent()).When(Answers.Complete(Answers.CompleteWorkflow())));

    [Fact]
    public void News_WhenTheWorkflowIsTerminated_AreThatItCameToNothing() => IsAborted(
        UpdateRejections.AbortedByClosing(), Given(WorkflowIsIdle(), Update()).When(Requests.Terminate()));

    [Fact]
    public void News_WhenTheWorkflowContinuesAsNew_AreToTryAgain() => IsAborted(
        UpdateRejections.Closing(), Given(UpdateIsSent()).When(Answers.Complete(ContinueAsNew())));

    [Fact]
    public void News_WhenTheWorkflowIsRetried_AreToTryAgain() => IsAborted(
        UpdateRejections.Closing(),
        Given(
            WorkflowStarted(a => a.RetryPolicy = RetryPolicies.WithDefaults(null)),
            WorkflowTaskScheduled(),
            Update(),
            Step.From(Answers.Poll()))
            .When(Answers.Complete(new Command
            {
                CommandType = CommandType.FailWorkflowExecution,
                FailWorkflowExecutionCommandAttributes = new FailWorkflowExecutionCommandAttributes
                {
                    Failure = new Temporalio.Api.Failure.V1.Failure
                    {
                        Message = "boom",
                        ApplicationFailureInfo = new Temporalio.Api.Failure.V1.ApplicationFailureInfo(),
                    },
                },
            })));

    [Fact]
    public void News_WhenTheRunTimesOut_AreThatItCameToNothing() => IsAborted(
        UpdateRejections.AbortedByClosing(),
        Given(
            WorkflowStarted(a => a.WorkflowRunTimeout = 3.Seconds().ToProto()),
            WorkflowTaskScheduled(),
            WorkflowTaskStarted(),
            WorkflowTaskCompleted(),
            Update())
            .WhenElapsed(3.Seconds())
            .Then(WorkflowExecutionTimedOut()));

    [Fact]
    public void News_WhenAnAcceptedUpdateIsLeftUnfinished_AreThatItFailed()
    {
        HasFailed(Given(UpdateIsSent(), Step.From(Answer(Accepted()))).When(Requests.Terminate()));
        HasFailed(Given(UpdateIsSent()).When(Answers.Complete(
            r => r.Messages.Add(Accepted()), At(Accepted()), Answers.CompleteWorkflow())));
        HasFailed(Given(UpdateIsSent()).When(Answers.Complete(
            r => r.Messages.Add(Accepted()), At(Accepted()), ContinueAsNew())));
    }

    [Fact]
    public void News_WhenAnAnswerComesAfterTheClose_AreThatItCameToNothing() => IsAborted(
        UpdateRejections.AbortedByClosing(),
        Given(UpdateIsSent()).When(Answers.Complete(
            r => r.Messages.Add([Accepted(), Completed()]), Answers.CompleteWorkflow())));

    [Fact]
    public void News_WhenARejectionComesAfterTheClose_AreTheWorkersFailure() => Assert.Equal(
        "no",
        Assert.IsType<UpdateProgress.Completed>(NewsOf(Given(UpdateIsSent()).When(Answers.Complete(
            r => r.Messages.Add(Rejected()), Answers.CompleteWorkflow())))).Outcome.Failure.Message);

    [Fact]
    public void News_WhenTheUpdateIsCompletedBeforeTheClose_AreItsResult() =>
        Assert.NotNull(Assert.IsType<UpdateProgress.Completed>(NewsOf(Given(UpdateIsSent()).When(Answers.Complete(
            r => r.Messages.Add([Accepted(), Completed()]),
            At(Accepted()),
            At(Completed()),
            Answers.CompleteWorkflow())))).Outcome.Success);

    [Fact]
    public void News_WhenSomethingElseHappens_AreNone() =>
        Assert.Null(NewsOf(Given(UpdateIsSent()).When(Requests.Signal())));

    private static void IsAborted(Rejection expected, Scenario scenario)
    {
        var rejection = Assert.IsType<UpdateProgress.Aborted>(NewsOf(scenario)).Rejection;
        Assert.Equal((expected.Code, expected.Message), (rejection.Code, rejection.Message));
    }

    private static void HasFailed(Scenario scenario) => Assert.Equal(
        UpdateFailures.WorkflowCompleted(),
        Assert.IsType<UpdateProgress.Completed>(NewsOf(scenario)).Outcome.Failure);

    private static UpdateProgress? NewsOf(Scenario scenario) =>
        UpdateNews.Of(scenario.Decision, scenario.State, ["u"]).GetValueOrDefault("u");

    private static Command ContinueAsNew() => new()
    {
        CommandType = CommandType.ContinueAsNewWorkflowExecution,
        ContinueAsNewWorkflowExecutionCommandAttributes = new ContinueAsNewWorkflowExecutionCommandAttributes
        {
            TaskQueue = new TaskQueue { Name = "queue" },
        },
    };
}
