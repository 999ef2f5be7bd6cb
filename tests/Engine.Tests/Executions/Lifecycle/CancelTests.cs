using AugmentedOS.Engine.Executions.Inputs;
using AugmentedOS.Engine.Tests.Executions.Kit;
using Temporalio.Api.Enums.V1;
using static AugmentedOS.Engine.Tests.Executions.Kit.Events;
using static AugmentedOS.Engine.Tests.Executions.Kit.Scenario;
using static AugmentedOS.Engine.Tests.Executions.Lifecycle.Requests;
using static AugmentedOS.Engine.Tests.Executions.Starting.Starts;

namespace AugmentedOS.Engine.Tests.Executions.Lifecycle;

public sealed class CancelTests
{
    [Fact]
    public void RequestCancel_WhenTheRunIsOpen_IsRecordedBeforeANewTask() =>
        Given(WorkflowIsIdle())
            .When(RequestCancel())
            .Then(
                WorkflowExecutionCancelRequested(a =>
                {
                    a.Cause = "enough";
                    a.Identity = "client";
                }),
                WorkflowTaskScheduled())
            .AndReply<Done>()
            .AndState(state => Assert.True(state.CancelRequested));

    [Fact]
    public void RequestCancel_WhenAskedAlready_ChangesNothing() =>
        Given(WorkflowIsIdle(), RequestCancel()).When(RequestCancel()).ThenNothing().AndReply<Done>();

    [Fact]
    public void RequestCancel_WhenATaskIsStarted_WaitsInTheBufferAndStillCountsOnce() =>
        Given(WorkflowTaskIsStarted())
            .When(RequestCancel())
            .ThenBuffered(WorkflowExecutionCancelRequested())
            .When(RequestCancel())
            .ThenNothing()
            .AndReply<Done>();

    [Theory]
    [InlineData(WorkflowExecutionStatus.Completed)]
    [InlineData(WorkflowExecutionStatus.Terminated)]
    public void RequestCancel_WhenTheRunIsClosed_IsFine(WorkflowExecutionStatus status) =>
        Given(Closed(status)).When(RequestCancel()).ThenNothing().AndReply<Done>();

    [Fact]
    public void RequestCancel_WhenNoRunExists_IsRefused() =>
        Given().When(RequestCancel()).ThenNothing().AndRejected(Rejection.WorkflowNotFound(Key.Workflow));

    [Fact]
    public void RequestCancel_WhenInTheFirstBackoff_EndsIt() =>
        Given(StartWorkflow(r => r.WorkflowStartDelay = 1.Hours().ToProto()))
            .When(RequestCancel())
            .Then(WorkflowExecutionCancelRequested(), WorkflowTaskScheduled())
            .AndState(state => Assert.Null(state.NextDeadline));

    [Fact]
    public void RequestCancel_WhenAnotherWorkflowAsks_NamesIt() =>
        Given(WorkflowIsIdle())
            .When(RequestCancel(sender: Sender()))
            .Then(
                WorkflowExecutionCancelRequested(a =>
                {
                    a.ExternalWorkflowExecution = SomeParent;
                    a.ExternalInitiatedEventId = 7;
                }),
                WorkflowTaskScheduled());

    [Fact]
    public void RequestCancel_WhenOnlyForTheSendersChild_ReachesItsChildOnly()
    {
        var refused = Rejection.NotFound("workflow parent does not match");
        Given(WorkflowIsIdle()).When(RequestCancel(sender: Sender(childOnly: true))).ThenNothing().AndRejected(refused);
        Given(WorkflowStarted(a =>
            {
                a.ParentWorkflowExecution = SomeParent;
                a.ContinuedExecutionRunId = "before";
            }))
            .When(RequestCancel(sender: Sender(childOnly: true)))
            .Then(WorkflowExecutionCancelRequested(), WorkflowTaskScheduled());
    }

    [Fact]
    public void RequestCancel_WhenAChainIsNamed_MeansItsCurrentRunWhateverTheRunId()
    {
        var first = SequentialIds.Nth(500).ToString();
        var input = RequestCancel(run: new RunId(SequentialIds.Nth(999)), firstRunId: first);

        Assert.Null(input.Run);
        Given(WorkflowStarted(a => a.FirstExecutionRunId = first), WorkflowTaskScheduled())
            .When(input)
            .Then(WorkflowExecutionCancelRequested());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void RequestCancel_WhenTheCurrentRunIsOfAnotherChain_IsRefusedOpenOrClosed(bool closed)
    {
        var run = closed ? Closed(WorkflowExecutionStatus.Completed) : WorkflowIsIdle();
        Given(run)
            .When(RequestCancel(firstRunId: SequentialIds.Nth(500).ToString()))
            .ThenNothing()
            .AndRejected(Rejection.NotFound("workflow execution not found"));
    }
}
