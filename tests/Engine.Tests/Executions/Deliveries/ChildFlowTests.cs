using AugmentedOS.Engine.Executions.Deliveries;
using AugmentedOS.Engine.Executions.Inputs;
using AugmentedOS.Engine.Tests.Executions.Kit;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.WorkflowService.V1;

namespace AugmentedOS.Engine.Tests.Executions.Deliveries;

/// <summary>Parents and children, from the command to the end, with everything arriving once and in order.</summary>
public sealed class ChildFlowTests
{
    [Fact]
    public void Child_WhenStarted_WaitsForItsParentToRecordIt()
    {
        using var world = new World();
        world.Start("parent").Answer("parent", Order.StartChild("child"));

        world.Deliver(0);
        Assert.Equal("WorkflowExecutionStarted", world.Story("child"));
        Assert.Null(world.Current("child").Task);

        world.Deliver(0);
        Assert.Null(world.Current("child").Task);
        Assert.EndsWith("ChildWorkflowExecutionStarted", world.Story("parent"), StringComparison.Ordinal);

        world.Settle();
        Assert.NotNull(world.Current("child").Task);
    }

    [Fact]
    public void Child_WhenStarted_KnowsItsParentAndItsRoot()
    {
        using var world = new World();
        world.Start("parent").Answer("parent", Order.StartChild("child")).Settle();
        world.Answer("child", Order.StartChild("grandchild")).Settle();

        var (parent, child, grandchild) = (world.Current("parent"), world.Current("child"), world.Current("grandchild"));
        Assert.Null(parent.Started.RootWorkflowExecution);
        Assert.Equal(parent.Key.ToExecution(), child.Started.RootWorkflowExecution);
        Assert.Equal(parent.Key.ToExecution(), child.Started.ParentWorkflowExecution);
        Assert.Equal(5, child.Started.ParentInitiatedEventId);
        Assert.Equal("default", child.Started.ParentWorkflowNamespace);
        Assert.Equal(parent.Key.ToExecution(), grandchild.Started.RootWorkflowExecution);
        Assert.Equal(child.Key.ToExecution(), grandchild.Started.ParentWorkflowExecution);
    }

    [Fact]
    public void Child_WhenItCompletes_TellsItsParentTheResult()
    {
        using var world = new World();
        world.Start("parent").Answer("parent", Order.StartChild("child")).Settle();
        world.Answer("child", Order.Complete("42")).Settle();

        var told = world.History(world.Current("parent").Key)
            .Single(e => e.EventType == EventType.ChildWorkflowExecutionCompleted)
            .ChildWorkflowExecutionCompletedEventAttributes;
        Assert.Equal(Order.Text("42"), told.Result);
        Assert.Equal(5, told.InitiatedEventId);
        Assert.Equal(6, told.StartedEventId);
        Assert.Equal(world.Current("child").Key.ToExecution(), told.WorkflowExecution);
        Assert.NotNull(world.Current("parent").Task);
        Assert.Empty(world.Current("parent").Children);
        Assert.Empty(world.Current("child").PendingDeliveries);
    }

    [Fact]
    public void Child_WhenItEndsWhileItsParentsTaskIsStarted_IsBufferedAndWiredAtTheFlush()
    {
        using var world = new World();
        world.Start("parent").Answer("parent", Order.StartChild("child"), Order.Signal("nobody"));
        world.Deliver(1);
        world.Deliver(1);
        world.Take("parent").Settle();
        world.Answer("child", Order.Fail()).Settle();
        Assert.Equal(2, world.Current("parent").Buffered.Count);

        world.Answer("parent");

        var history = world.History(world.Current("parent").Key);
        var started = history.Single(e => e.EventType == EventType.ChildWorkflowExecutionStarted);
        var failed = history.Single(e => e.EventType == EventType.ChildWorkflowExecutionFailed);
        Assert.Equal(started.EventId, failed.ChildWorkflowExecutionFailedEventAttributes.StartedEventId);
        Assert.Equal("failed", failed.ChildWorkflowExecutionFailedEventAttributes.Failure.Message);
        Assert.Equal(
            RetryState.RetryPolicyNotSet, failed.ChildWorkflowExecutionFailedEventAttributes.RetryState);
    }

    [Fact]
    public void Child_WhenItContinuesAsNew_TellsItsParentOnlyOfTheEnd()
    {
        using var world = new World();
        world.Start("parent").Answer("parent", Order.StartChild("child")).Settle();
        var first = world.Current("child").Key;
        world.Answer("child", Order.ContinueAsNew()).Settle();
        Assert.EndsWith("ChildWorkflowExecutionStarted", world.Story("parent"), StringComparison.Ordinal);
        Assert.Empty(world.State(first).PendingDeliveries);

        world.Elapse(2.Seconds()).Answer("child", Order.Complete()).Settle();

        var history = world.History(world.Current("parent").Key);
        Assert.Equal(first.Run.ToString(), history
            .Single(e => e.EventType == EventType.ChildWorkflowExecutionStarted)
            .ChildWorkflowExecutionStartedEventAttributes.WorkflowExecution.RunId);
        Assert.Equal(world.Current("child").Key.Run.ToString(), history
            .Single(e => e.EventType == EventType.ChildWorkflowExecutionCompleted)
            .ChildWorkflowExecutionCompletedEventAttributes.WorkflowExecution.RunId);
    }

    [Fact]
    public void Child_WhenItIsTerminatedBeforeItsParentKnowsOfIt_HasAStartInItsParentsHistoryAllTheSame()
    {
        using var world = new World();
        world.Start("parent").Answer("parent", Order.StartChild("child"));
        world.Deliver(0);
        world.Do(new TerminateExecution(World.Id("child"), null, new TerminateWorkflowExecutionRequest()));
        world.Deliver(1);
        world.Settle();

        Assert.EndsWith(
            "ChildWorkflowExecutionStarted, ChildWorkflowExecutionTerminated",
            world.Story("parent"),
            StringComparison.Ordinal);
        Assert.Empty(world.Current("parent").Children);
        Assert.Empty(world.Current("child").PendingDeliveries);
    }

    [Fact]
    public void Child_WhenItsIdIsTaken_FailsToStart()
    {
        using var world = new World();
        world.Start("child").Start("parent").Answer("parent", Order.StartChild("child")).Settle();

        var failed = world.History(world.Current("parent").Key)
            .Single(e => e.EventType == EventType.StartChildWorkflowExecutionFailed)
            .StartChildWorkflowExecutionFailedEventAttributes;
        Assert.Equal(StartChildWorkflowExecutionFailedCause.WorkflowAlreadyExists, failed.Cause);
        Assert.Equal(5, failed.InitiatedEventId);
        Assert.Equal("child", failed.WorkflowId);
        Assert.NotNull(world.Current("parent").Task);
        Assert.Empty(world.Current("parent").Children);
    }

    [Fact]
    public void Child_WhenItsParentClosesInTheTaskThatInitiatesIt_IsNeverStarted()
    {
        using var world = new World();
        world.Start("parent")
            .Answer("parent", Order.StartChild("child", ParentClosePolicy.Abandon), Order.Complete())
            .Settle();

        Assert.False(world.Knows("child"));
        Assert.Empty(world.Current("parent").PendingDeliveries);
    }

    [Theory]
    [InlineData(ParentClosePolicy.Abandon)]
    [InlineData(ParentClosePolicy.Terminate)]
    [InlineData(ParentClosePolicy.RequestCancel)]
    public void Child_WhenItsParentClosesBeforeItRecordedTheStart_IsTerminated(ParentClosePolicy policy)
    {
        using var world = new World();
        world.Start("parent").Answer("parent", Order.StartChild("child", policy));
        world.Deliver(0);
        world.Do(new TerminateExecution(World.Id("parent"), null, new TerminateWorkflowExecutionRequest()));
        world.Settle();

        Assert.Equal("WorkflowExecutionStarted, WorkflowExecutionTerminated", world.Story("child"));
        Assert.DoesNotContain(
            world.History(world.Current("child").Key), e => e.EventType == EventType.WorkflowTaskScheduled);
        Assert.Empty(world.Current("child").PendingDeliveries);
    }

    [Theory]
    [InlineData(ParentClosePolicy.Unspecified, "WorkflowExecutionStarted, WorkflowExecutionTerminated")]
    [InlineData(ParentClosePolicy.Terminate, "WorkflowExecutionStarted, WorkflowExecutionTerminated")]
    [InlineData(ParentClosePolicy.RequestCancel, "WorkflowExecutionStarted, WorkflowExecutionCancelRequested")]
    [InlineData(ParentClosePolicy.Abandon, "WorkflowExecutionStarted")]
    public void Child_WhenItsParentCloses_IsTreatedByPolicy(ParentClosePolicy policy, string story)
    {
        using var world = new World();
        world.Start("parent").Answer("parent", Order.StartChild("child", policy)).Settle();
        world.Answer("parent", Order.Complete()).Settle();

        Assert.Equal(story, world.Story("child"));
        Assert.Empty(world.Current("parent").PendingDeliveries);
        Assert.False(world.Current("parent").IsHot);
    }

    [Fact]
    public void Child_WhenTerminatedByPolicy_SaysSo()
    {
        using var world = new World();
        world.Start("parent").Answer("parent", Order.StartChild("child")).Settle();
        world.Answer("parent", Order.ContinueAsNew()).Settle();

        var terminated = world.Current("child").CloseEvent!.WorkflowExecutionTerminatedEventAttributes;
        Assert.Equal("by parent close policy", terminated.Reason);
        Assert.Equal("history-service", terminated.Identity);
    }

    [Fact]
    public void Policy_WhenTheChildContinuedAsNew_ReachesItsCurrentRun()
    {
        using var world = new World();
        world.Start("parent").Answer("parent", Order.StartChild("child")).Settle();
        world.Answer("child", Order.ContinueAsNew()).Settle();
        world.Answer("parent", Order.Complete()).Settle();

        Assert.Equal(WorkflowExecutionStatus.Terminated, world.Current("child").Status);
    }

    [Fact]
    public void Policy_WhenAnotherWorkflowUsesTheChildsIdByNow_LeavesItAlone()
    {
        using var world = new World();
        world.Start("parent").Answer("parent", Order.StartChild("child")).Settle();
        world.Answer("parent", Order.Complete());
        world.Do(new TerminateExecution(World.Id("child"), null, new TerminateWorkflowExecutionRequest()));
        world.Start("child").Settle();

        Assert.True(world.Current("child").IsRunning);
        Assert.Empty(world.Current("parent").PendingDeliveries);
    }

    [Fact]
    public void Child_WhenItHasACronSchedule_IsAnnouncedAtOnceAndItsTaskWaitsForTheTick()
    {
        using var world = new World();
        world.Start("parent")
            .Answer("parent", Order.StartChild("child", set: a => a.CronSchedule = "0 * * * *"))
            .Settle();

        Assert.EndsWith("ChildWorkflowExecutionStarted", world.Story("parent"), StringComparison.Ordinal);
        Assert.Null(world.Current("child").Task);
        Assert.False(world.Current("child").IsHot);

        world.Elapse(1.Hours());
        Assert.NotNull(world.Current("child").Task);
    }

    [Fact]
    public void Child_WhenItsBackoffEndsBeforeItsParentKnowsOfIt_GoesOnWaiting()
    {
        using var world = new World();
        world.Start("parent").Answer("parent", Order.StartChild("child", set: a => a.CronSchedule = "0 * * * *"));
        world.Deliver(0);
        world.Elapse(2.Hours());
        Assert.Null(world.Current("child").Task);

        world.Settle();
        world.Elapse(TimeSpan.Zero);
        Assert.NotNull(world.Current("child").Task);
    }

    [Fact]
    public void Child_WhenItTimesOutUnannouncedAndIsRetried_IsAnnouncedBeforeTheNextRunEnds()
    {
        using var world = new World();
        world.Start("parent").Answer("parent", Order.StartChild("child", set: a =>
        {
            a.WorkflowRunTimeout = 5.Seconds().ToProto();
            a.RetryPolicy = new RetryPolicy();
        }));
        world.Deliver(0);
        var first = world.Current("child").Key;
        world.Crash();
        world.Elapse(5.Seconds());
        Assert.NotEqual(first, world.Current("child").Key);
        world.Crash();
        world.Settle();

        Assert.EndsWith("ChildWorkflowExecutionStarted", world.Story("parent"), StringComparison.Ordinal);
        Assert.Equal(first.Run, world.Current("parent").Children.Values.Single().Run);
        Assert.Empty(world.State(first).PendingDeliveries);
    }

    [Fact]
    public void Child_WhenItsParentsStartRequestComesTwice_IsTheSameRun()
    {
        using var world = new World();
        world.Start("parent").Answer("parent", Order.StartChild("child"));
        world.SendAgain(world.Current("parent"));
        Assert.Equal(2, world.Waiting);
        world.Settle();

        Assert.Single(world.Runs, run => run.Key.WorkflowId == "child");
        Assert.Equal(
            "WorkflowExecutionStarted, StartChildWorkflowExecutionInitiated, ChildWorkflowExecutionStarted",
            world.Story("parent"));
    }

    [Fact]
    public void Child_WhenALateStartMakesASecondRun_EndsThatOrphanAlone()
    {
        using var world = new World();
        world.Start("parent").Answer("parent", Order.StartChild("child"));
        world.SendAgain(world.Current("parent"));
        world.Deliver(0);
        world.Deliver(1);
        world.Deliver(1);
        world.Answer("child", Order.Complete("first"));
        world.Start("child").Answer("child", Order.Complete("somebody else's"));
        world.Settle();

        var runs = world.Runs.Where(run => run.Key.WorkflowId == "child").ToList();
        Assert.Equal(
            [
                WorkflowExecutionStatus.Completed,
                WorkflowExecutionStatus.Completed,
                WorkflowExecutionStatus.Terminated,
            ],
            runs.Select(run => run.Status));
        Assert.Single(
            world.History(world.Current("parent").Key), e => e.EventType == EventType.ChildWorkflowExecutionCompleted);
    }

    [Fact]
    public void Child_WhenDeleted_GoesWhenItsParentKnowsOfItsEnd()
    {
        using var world = new World();
        world.Start("parent").Answer("parent", Order.StartChild("child")).Settle();
        world.Do(new DeleteExecution(World.Id("child"), null));
        Assert.True(world.Knows("child"));
        world.Crash();
        world.Settle();

        Assert.False(world.Knows("child"));
        Assert.EndsWith("ChildWorkflowExecutionTerminated", world.Story("parent"), StringComparison.Ordinal);
    }

    [Fact]
    public void Parent_WhenDeletedTwice_GoesOnceItsChildrenAreTreatedByPolicy()
    {
        using var world = new World();
        world.Start("parent").Answer("parent", Order.StartChild("child")).Settle();
        world.Do(new DeleteExecution(World.Id("parent"), null));
        world.Do(new DeleteExecution(World.Id("parent"), null));
        world.Crash();
        world.Settle();

        Assert.False(world.Knows("parent"));
        Assert.Equal(WorkflowExecutionStatus.Terminated, world.Current("child").Status);
    }

    [Fact]
    public void Parent_WhenDescribed_ShowsItsPendingChildren()
    {
        using var world = new World();
        world.Start("parent").Answer("parent", Order.StartChild("child", ParentClosePolicy.Abandon));
        var pending = world.Current("parent").Children.Values.Single().ToInfo();
        Assert.Equal(("child", "", "Child", 5L, ParentClosePolicy.Abandon), (
            pending.WorkflowId, pending.RunId, pending.WorkflowTypeName, pending.InitiatedId, pending.ParentClosePolicy));

        world.Settle();
        Assert.Equal(
            world.Current("child").Key.Run.ToString(),
            world.Current("parent").Children.Values.Single().ToInfo().RunId);
    }

    [Fact]
    public void Delivery_WhenTheSourceClosedWhileItWasPutOff_IsNotSentAgain()
    {
        using var world = new World();
        world.Start("parent").Answer("parent", Order.StartChild("child"));
        world.Refuse(0);
        world.Do(new TerminateExecution(World.Id("parent"), null, new TerminateWorkflowExecutionRequest()));
        world.Settle();

        Assert.False(world.Knows("child"));
    }

    [Fact]
    public void Delivery_WhenPutOff_ArrivesLater()
    {
        using var world = new World();
        world.Start("parent").Answer("parent", Order.StartChild("child"));
        for (var i = 0; i < 3; i++)
        {
            world.Refuse(0);
            world.Elapse(1.Minutes());
        }

        world.Settle();
        Assert.NotNull(world.Current("child").Task);
        Assert.Empty(PendingDeliveries.All(world.Current("parent")));
    }
}
