using Temporalio.Api.Enums.V1;

namespace AugmentedOS.Engine.Tests.Executions.Deliveries;

/// <summary>Parents that go back while their children run.</summary>
public sealed class ResetFlowTests
{
    [Fact]
    public void Child_StartedBeforeTheResetPoint_TellsTheNewRunOfItsEnd()
    {
        using var world = ParentOf("child");
        var child = world.Current("child").Key;

        world.Reset("parent", world.Current("parent").NextEventId - 1).Settle();
        Assert.Equal(child, world.Current("child").Key);
        Assert.True(world.Current("child").IsRunning);

        world.Answer("child", Order.Complete()).Settle();
        Assert.EndsWith("ChildWorkflowExecutionCompleted", world.Story("parent"), StringComparison.Ordinal);
        Assert.Empty(world.Current("parent").Children);
    }

    [Fact]
    public void Child_WhenItsParentWasResetTwice_TellsTheLastRun()
    {
        using var world = ParentOf("child");
        world.Reset("parent", world.Current("parent").NextEventId - 1).Settle();
        world.Answer("parent").Reset("parent", world.Current("parent").NextEventId - 1).Settle();

        world.Answer("child", Order.Complete()).Settle();

        Assert.EndsWith("ChildWorkflowExecutionCompleted", world.Story("parent"), StringComparison.Ordinal);
    }

    [Fact]
    public void Child_WhoseEndWasDiscarded_HasEndedForTheNewRunToo()
    {
        using var world = ParentOf("child");
        world.Answer("parent").Answer("child", Order.Complete()).Settle();
        var point = world.History(world.Current("parent").Key).Last(e => e.EventType == EventType.WorkflowTaskCompleted);

        world.Reset("parent", point.EventId).Settle();

        Assert.EndsWith("ChildWorkflowExecutionCompleted", world.Story("parent"), StringComparison.Ordinal);
        Assert.Empty(world.Current("parent").Children);
    }

    [Fact]
    public void Child_WhoseStartWasUnderWay_IsTheNewRunsChild()
    {
        using var world = new World();
        world.Start("parent").Answer("parent", Order.StartChild("child"), Order.StartChild("other"));
        world.Answer(world.Take(Signaled(world, "parent")).Current("parent"));

        world.Reset("parent", world.Current("parent").NextEventId - 1).Settle();

        var parent = world.Current("parent");
        Assert.Equal(2, parent.Children.Count);
        Assert.Equal(
            world.Current("child").Key.Run, parent.Children.Values.Single(c => c.Attributes.WorkflowId == "child").Run);
        Assert.NotNull(world.Current("child").Task);
        world.Answer("child", Order.Complete()).Settle();
        Assert.EndsWith("ChildWorkflowExecutionCompleted", world.Story("parent"), StringComparison.Ordinal);
    }

    [Fact]
    public void Child_StartedInTheDiscardedPart_GoesOnUntilTheNewRunStartsItAnew()
    {
        using var world = ParentOf("child");
        var first = world.Current("child").Key;

        world.Reset("parent", 4).Settle();
        Assert.True(world.State(first).IsRunning);

        world.Answer("parent", Order.StartChild("child")).Settle();
        Assert.Equal(WorkflowExecutionStatus.Terminated, world.State(first).Status);
        Assert.NotEqual(first, world.Current("child").Key);
        Assert.True(world.Current("child").IsRunning);
        Assert.Equal(
            world.Current("parent").Key.ToExecution(), world.Current("child").Started.ParentWorkflowExecution);
        Assert.Empty(world.Current("parent").Origin!.ReplacedChildren);
    }

    [Fact]
    public void Child_WhenTheNewRunStartsItAnewTwice_IsReplacedOnce()
    {
        using var world = ParentOf("child");
        world.Reset("parent", 4).Settle();
        world.Answer("parent", Order.StartChild("child")).Settle();

        world.Answer("parent", Order.StartChild("child")).Settle();

        Assert.EndsWith("StartChildWorkflowExecutionFailed", world.Story("parent"), StringComparison.Ordinal);
    }

    [Fact]
    public void Stranger_WithTheIdOfADiscardedChild_IsLeftAlone()
    {
        using var world = ParentOf("child");
        world.Answer("child", Order.Complete()).Settle();
        world.Start("child");
        var stranger = world.Current("child").Key;

        world.Reset("parent", 4).Settle();
        world.Answer("parent", Order.StartChild("child")).Settle();

        Assert.True(world.State(stranger).IsRunning);
        Assert.EndsWith("StartChildWorkflowExecutionFailed", world.Story("parent"), StringComparison.Ordinal);
    }

    [Fact]
    public void Child_OfARunThatWasReset_EndsWithTheRunInItsPlace()
    {
        using var world = ParentOf("child");
        world.Reset("parent", world.Current("parent").NextEventId - 1).Settle();

        world.Answer("parent", Order.Complete()).Settle();

        Assert.Equal(WorkflowExecutionStatus.Terminated, world.Current("child").Status);
    }

    [Fact]
    public void Child_OfARunThatWasReset_IsReachedByTheRunInItsPlace()
    {
        using var world = ParentOf("child");
        world.Reset("parent", world.Current("parent").NextEventId - 1).Settle();

        world.Answer("parent", Order.Signal("child", a => a.ChildWorkflowOnly = true)).Settle();

        Assert.EndsWith("WorkflowExecutionSignaled", world.Story("child"), StringComparison.Ordinal);
    }

    [Fact]
    public void Child_ThatIsReset_TellsItsParentOnlyOfItsRealEnd()
    {
        using var world = ParentOf("child");
        world.Answer("child").Reset("child", 4).Settle();
        Assert.DoesNotContain("ChildWorkflowExecutionTerminated", world.Story("parent"), StringComparison.Ordinal);

        world.Answer("child", Order.Complete()).Settle();
        world.Answer("parent");

        Assert.EndsWith("ChildWorkflowExecutionCompleted", world.Story("parent"), StringComparison.Ordinal);
    }

    /// <summary>A parent whose child has started, and who holds a workflow task because of it.</summary>
    private static World ParentOf(string child)
    {
        var world = new World();
        world.Start("parent").Answer("parent", Order.StartChild(child)).Settle();
        world.Take("parent");
        return world;
    }

    private static string Signaled(World world, string workflowId)
    {
        world.Do(new AugmentedOS.Engine.Executions.Inputs.SignalExecution(
            World.Id(workflowId), null, new() { SignalName = "go" }));
        return workflowId;
    }
}
