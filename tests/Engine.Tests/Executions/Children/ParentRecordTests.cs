using AugmentedOS.Engine.Executions;
using AugmentedOS.Engine.Executions.Facts;
using AugmentedOS.Engine.Executions.Inputs;
using AugmentedOS.Engine.Tests.Executions.Deliveries;
using AugmentedOS.Engine.Tests.Executions.Kit;
using Grpc.Core;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.History.V1;
using static AugmentedOS.Engine.Tests.Executions.Kit.Events;
using static AugmentedOS.Engine.Tests.Executions.Kit.Scenario;

namespace AugmentedOS.Engine.Tests.Executions.Children;

/// <summary>What a parent writes down about its child, and what it takes no notice of.</summary>
public sealed class ParentRecordTests
{
    private const long Initiated = 5;
    private static readonly RunKey Child = new(World.Id("child"), new RunId(SequentialIds.Nth(77)));
    private static readonly RunKey Stranger = new(World.Id("child"), new RunId(SequentialIds.Nth(78)));

    public static TheoryData<HistoryEvent, HistoryEvent> Ends { get; } = new()
    {
        { WorkflowExecutionCompleted(a => a.Result = Order.Text("42")),
            ChildWorkflowExecutionCompleted(a => a.Result = Order.Text("42")) },
        { WorkflowExecutionFailed(a => (a.Failure, a.RetryState) = (new() { Message = "no" }, RetryState.Timeout)),
            ChildWorkflowExecutionFailed(a =>
                (a.Failure, a.RetryState) = (new() { Message = "no" }, RetryState.Timeout)) },
        { WorkflowExecutionCanceled(a => a.Details = Order.Text("why")),
            ChildWorkflowExecutionCanceled(a => a.Details = Order.Text("why")) },
        { WorkflowExecutionTimedOut(a => a.RetryState = RetryState.MaximumAttemptsReached),
            ChildWorkflowExecutionTimedOut(a => a.RetryState = RetryState.MaximumAttemptsReached) },
        { WorkflowExecutionTerminated(), ChildWorkflowExecutionTerminated() },
    };

    [Theory]
    [MemberData(nameof(Ends))]
    public void ChildClosed_WhenItIsPending_IsRecordedWithItsOutcome(HistoryEvent close, HistoryEvent expected) =>
        Given(HasStartedChild())
            .When(new RecordChildClosed(Key, Initiated, Child, Child.Run, close))
            .Then(expected, WorkflowTaskScheduled())
            .AndEvents(events => Assert.Contains("\"initiatedEventId\": \"5\", ", events[0].ToString()))
            .AndEvents(events => Assert.Contains("\"startedEventId\": \"6\"", events[0].ToString()))
            .AndState(state => Assert.Empty(state.Children));

    [Fact]
    public void ChildClosed_WhenTold_IsOfTheLastRun() =>
        Given(HasStartedChild())
            .When(new RecordChildClosed(Key, Initiated, Stranger, Child.Run, WorkflowExecutionCompleted()))
            .Then(
                ChildWorkflowExecutionCompleted(a => a.WorkflowExecution = Stranger.ToExecution()),
                WorkflowTaskScheduled());

    [Fact]
    public void ChildClosed_WhenToldTwice_IsRecordedOnce() =>
        Given(
            HasStartedChild(),
            new RecordChildClosed(Key, Initiated, Child, Child.Run, WorkflowExecutionCompleted()))
            .When(new RecordChildClosed(Key, Initiated, Child, Child.Run, WorkflowExecutionCompleted()))
            .ThenNothing()
            .AndNotRejected();

    [Fact]
    public void ChildClosed_WhenOfAnotherChain_IsIgnored() =>
        Given(HasStartedChild())
            .When(new RecordChildClosed(Key, Initiated, Stranger, Stranger.Run, WorkflowExecutionCompleted()))
            .ThenNothing()
            .AndNotRejected();

    [Fact]
    public void ChildClosed_WhenTheParentHasClosed_IsIgnored() =>
        Given(HasStartedChild(), WorkflowExecutionCompleted())
            .When(new RecordChildClosed(Key, Initiated, Child, Child.Run, WorkflowExecutionCompleted()))
            .ThenNothing()
            .AndNotRejected();

    [Fact]
    public void ChildClosed_WhenItsStartIsNotRecorded_IsRecordedAfterIt() =>
        Given(HasInitiatedChild())
            .When(new RecordChildClosed(Key, Initiated, Stranger, Child.Run, WorkflowExecutionTerminated()))
            .Then(
                ChildWorkflowExecutionStarted(a => a.WorkflowExecution = Child.ToExecution()),
                ChildWorkflowExecutionTerminated(a =>
                    (a.StartedEventId, a.WorkflowExecution) = (6, Stranger.ToExecution())),
                WorkflowTaskScheduled());

    [Fact]
    public void ChildClosed_WhenAWorkflowTaskIsStarted_IsBufferedBehindWhatElseArrives() =>
        Given(HasInitiatedChild(), WorkflowTaskScheduled(), WorkflowTaskStarted())
            .When(new RecordChildClosed(Key, Initiated, Child, Child.Run, WorkflowExecutionCompleted()))
            .ThenBuffered(ChildWorkflowExecutionStarted(), ChildWorkflowExecutionCompleted())
            .WhenCommands()
            .Then(
                WorkflowTaskCompleted(),
                ChildWorkflowExecutionStarted(),
                ChildWorkflowExecutionCompleted(a => a.StartedEventId = 9));

    [Fact]
    public void ChildStarted_WhenInitiated_IsRecordedWithItsHeader() =>
        Given(HasInitiatedChild())
            .When(new RecordChildStarted(Key, Initiated, Child))
            .Then(
                ChildWorkflowExecutionStarted(a =>
                {
                    a.InitiatedEventId = Initiated;
                    a.WorkflowExecution = Child.ToExecution();
                    a.WorkflowType = new WorkflowType { Name = "Child" };
                    a.Namespace = "default";
                    a.Header = new Header { Fields = { ["key"] = new Payload() } };
                }),
                WorkflowTaskScheduled())
            .AndState(state => Assert.Equal((Child.Run, 6L, 0), (
                state.Children[Initiated].Run!.Value, state.Children[Initiated].StartedEventId, state.UnstartedChildren)));

    [Fact]
    public void ChildStarted_WhenKnown_IsFine() =>
        Given(HasStartedChild()).When(new RecordChildStarted(Key, Initiated, Child)).ThenNothing().AndNotRejected();

    [Fact]
    public void ChildStarted_WhenKnownToAParentThatHasClosed_IsFine() =>
        Given(HasStartedChild(), WorkflowExecutionCompleted())
            .When(new RecordChildStarted(Key, Initiated, Child))
            .ThenNothing()
            .AndNotRejected();

    [Fact]
    public void ChildStarted_WhenAnotherRunIsTheChild_IsRefused() =>
        Given(HasStartedChild())
            .When(new RecordChildStarted(Key, Initiated, Stranger))
            .ThenNothing()
            .AndRejected(StatusCode.NotFound, "Pending child execution not found.");

    [Fact]
    public void ChildStarted_WhenTheParentClosedBefore_IsRefused() =>
        Given(HasInitiatedChild(), WorkflowExecutionCompleted())
            .When(new RecordChildStarted(Key, Initiated, Child))
            .ThenNothing()
            .AndRejected(StatusCode.NotFound, "workflow execution already completed");

    [Fact]
    public void ChildStartFailed_WhenInitiated_IsRecorded() =>
        Given(HasInitiatedChild())
            .When(new RecordChildStartFailed(
                Key, Initiated, StartChildWorkflowExecutionFailedCause.WorkflowAlreadyExists))
            .Then(
                StartChildWorkflowExecutionFailed(a =>
                {
                    a.InitiatedEventId = Initiated;
                    a.WorkflowId = "child";
                    a.WorkflowType = new WorkflowType { Name = "Child" };
                    a.Cause = StartChildWorkflowExecutionFailedCause.WorkflowAlreadyExists;
                }),
                WorkflowTaskScheduled())
            .AndState(state => Assert.Equal((0, 0), (state.Children.Count, state.UnstartedChildren)));

    [Fact]
    public void ChildStartFailed_WhenTheChildIsKnownToRun_IsIgnored() =>
        Given(HasStartedChild())
            .When(new RecordChildStartFailed(
                Key, Initiated, StartChildWorkflowExecutionFailedCause.WorkflowAlreadyExists))
            .ThenNothing()
            .AndNotRejected();

    [Fact]
    public void Closing_WhenChildrenAreStarted_OwesThemTheirPolicy() =>
        Given(
            HasStartedChild(),
            Initiate("cancelled", ParentClosePolicy.RequestCancel), Start(7),
            Initiate("abandoned", ParentClosePolicy.Abandon), Start(9),
            Initiate("unstarted", ParentClosePolicy.Terminate),
            WorkflowExecutionCompleted())
            .AndState(state =>
            {
                Assert.Equal([5, 7], state.PendingDeliveries);
                Assert.True(state.IsHot);
            })
            .And(new CompleteDelivery(Key, 5), new CompleteDelivery(Key, 7))
            .AndState(state => Assert.False(state.IsHot))
            .When(new CompleteDelivery(Key, 7))
            .ThenNothing()
            .AndNotRejected();

    [Fact]
    public void FirstTask_WhenTheParentIsInformed_IsScheduledOnce() =>
        Given(WorkflowStarted(a => a.ParentWorkflowExecution = Stranger.ToExecution()))
            .When(new ScheduleFirstTask(Key))
            .ThenFact<ParentInformed>()
            .Then(WorkflowTaskScheduled())
            .When(new ScheduleFirstTask(Key))
            .ThenNothing()
            .AndNotRejected();

    [Fact]
    public void FirstTask_WhenTheParentIsInformedDuringABackoff_WaitsForItsEnd() =>
        Given(
            WorkflowStarted(a =>
            {
                a.ParentWorkflowExecution = Stranger.ToExecution();
                a.FirstWorkflowTaskBackoff = 1.Minutes().ToProto();
            }))
            .AndState(state => Assert.Null(state.NextDeadline))
            .When(new ScheduleFirstTask(Key))
            .Then()
            .AndNextDeadline(DeadlineKind.FirstTaskBackoff, 1.Minutes())
            .WhenElapsed(1.Minutes())
            .Then(WorkflowTaskScheduled());

    [Fact]
    public void Orphan_WhenItAwaitsItsParent_IsTerminatedAndOtherwiseLeftAlone()
    {
        Given(WorkflowStarted(a => a.ParentWorkflowExecution = Stranger.ToExecution()))
            .When(new TerminateOrphan(Key))
            .Then(WorkflowExecutionTerminated(a =>
                (a.Reason, a.Identity) = ("by parent close policy", "history-service")));
        Given(WorkflowIsIdle()).When(new TerminateOrphan(Key)).ThenNothing().AndNotRejected();
    }

    private static Step HasInitiatedChild() => new(scenario => scenario.And(
        WorkflowIsIdle(), Initiate("child", ParentClosePolicy.Terminate)));

    private static Step HasStartedChild() => new(scenario => scenario.And(HasInitiatedChild(), Start(Initiated)));

    private static HistoryEvent Initiate(string workflowId, ParentClosePolicy policy) =>
        StartChildWorkflowExecutionInitiated(a =>
        {
            a.Namespace = "default";
            a.WorkflowId = workflowId;
            a.WorkflowType = new WorkflowType { Name = "Child" };
            a.ParentClosePolicy = policy;
            a.Header = new Header { Fields = { ["key"] = new Payload() } };
        });

    private static HistoryEvent Start(long initiated) => ChildWorkflowExecutionStarted(a =>
    {
        a.InitiatedEventId = initiated;
        a.WorkflowExecution = Child.ToExecution();
    });
}
