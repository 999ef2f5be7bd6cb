using AugmentedOS.Engine.Executions;
using AugmentedOS.Engine.Executions.Inputs;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.WorkflowService.V1;

namespace AugmentedOS.Engine.Tests.Executions.Deliveries;

/// <summary>Workflows that signal and cancel others.</summary>
public sealed class ExternalFlowTests
{
    [Fact]
    public void Signal_WhenDelivered_IsRecordedByBothSides()
    {
        using var world = new World();
        world.Start("target").Start("sender").Answer("sender", Order.Signal("target", a =>
        {
            a.Input = Order.Text("input");
            a.Control = "control";
            a.Header = new Header { Fields = { ["key"] = Order.Text("value").Payloads_[0] } };
        })).Settle();

        var signaled = world.History(world.Current("target").Key)
            .Single(e => e.EventType == EventType.WorkflowExecutionSignaled).WorkflowExecutionSignaledEventAttributes;
        Assert.Equal(("hello", "history-service"), (signaled.SignalName, signaled.Identity));
        Assert.Equal(Order.Text("input"), signaled.Input);
        Assert.True(signaled.Header.Fields.ContainsKey("key"));
        Assert.Equal(world.Current("sender").Key.ToExecution(), signaled.ExternalWorkflowExecution);

        var delivered = world.History(world.Current("sender").Key)
            .Single(e => e.EventType == EventType.ExternalWorkflowExecutionSignaled)
            .ExternalWorkflowExecutionSignaledEventAttributes;
        Assert.Equal((5, "default", "target", "control"), (
            delivered.InitiatedEventId, delivered.Namespace, delivered.WorkflowExecution.WorkflowId, delivered.Control));
        Assert.NotNull(world.Current("sender").Task);
        Assert.Equal(0, world.Current("sender").PendingExternalSignals);
        Assert.False(world.Current("sender") is { Task: null, IsHot: true });
    }

    [Fact]
    public void Cancel_WhenDelivered_IsRecordedByBothSides()
    {
        using var world = new World();
        world.Start("target").Start("sender")
            .Answer("sender", Order.Cancel("target", a => a.Reason = "enough")).Settle();

        var requested = world.History(world.Current("target").Key)
            .Single(e => e.EventType == EventType.WorkflowExecutionCancelRequested)
            .WorkflowExecutionCancelRequestedEventAttributes;
        Assert.Equal(("enough", "history-service", 5), (
            requested.Cause, requested.Identity, requested.ExternalInitiatedEventId));
        Assert.Equal(world.Current("sender").Key.ToExecution(), requested.ExternalWorkflowExecution);
        Assert.EndsWith("ExternalWorkflowExecutionCancelRequested", world.Story("sender"), StringComparison.Ordinal);
        Assert.Equal(0, world.Current("sender").PendingExternalCancels);
    }

    public static TheoryData<string, bool, string, SignalExternalWorkflowExecutionFailedCause> SignalCases { get; } = new()
    {
        { "unknown", false, "", SignalExternalWorkflowExecutionFailedCause.ExternalWorkflowExecutionNotFound },
        { "sender", false, "", SignalExternalWorkflowExecutionFailedCause.ExternalWorkflowExecutionNotFound },
        { "closed", false, "", SignalExternalWorkflowExecutionFailedCause.ExternalWorkflowExecutionNotFound },
        { "target", true, "", SignalExternalWorkflowExecutionFailedCause.ExternalWorkflowExecutionNotFound },
        { "target", false, "11111111-1111-1111-1111-111111111111",
            SignalExternalWorkflowExecutionFailedCause.ExternalWorkflowExecutionNotFound },
        { "full", false, "", SignalExternalWorkflowExecutionFailedCause.SignalCountLimitExceeded },
    };

    [Theory]
    [MemberData(nameof(SignalCases))]
    public void Signal_WhenItCannotArrive_SaysWhy(
        string target, bool childOnly, string run, SignalExternalWorkflowExecutionFailedCause cause)
    {
        using var world = WorldOfTargets();
        world.Answer("sender", Order.Signal(target, a =>
        {
            a.ChildWorkflowOnly = childOnly;
            a.Execution.RunId = run;
            a.Control = "control";
        })).Settle();

        var failed = world.History(world.Current("sender").Key)
            .Single(e => e.EventType == EventType.SignalExternalWorkflowExecutionFailed)
            .SignalExternalWorkflowExecutionFailedEventAttributes;
        Assert.Equal((cause, 5, target, run, "control"), (
            failed.Cause, failed.InitiatedEventId, failed.WorkflowExecution.WorkflowId, failed.WorkflowExecution.RunId,
            failed.Control));
        Assert.NotNull(world.Current("sender").Task);
        Assert.Empty(world.Current("sender").Externals);
    }

    [Theory]
    [InlineData("unknown", false, false)]
    [InlineData("sender", false, false)]
    [InlineData("target", true, false)]
    [InlineData("closed", false, true)]
    [InlineData("target", false, true)]
    public void Cancel_WhenAsked_ArrivesOrSaysWhyNot(string target, bool childOnly, bool arrives)
    {
        using var world = WorldOfTargets();
        world.Answer("sender", Order.Cancel(target, a => a.ChildWorkflowOnly = childOnly)).Settle();

        var last = world.History(world.Current("sender").Key)
            .Last(e => e.EventType.ToString().Contains("External", StringComparison.Ordinal));
        Assert.Equal(
            arrives
                ? EventType.ExternalWorkflowExecutionCancelRequested
                : EventType.RequestCancelExternalWorkflowExecutionFailed,
            last.EventType);
        if (!arrives)
        {
            Assert.Equal(
                CancelExternalWorkflowExecutionFailedCause.ExternalWorkflowExecutionNotFound,
                last.RequestCancelExternalWorkflowExecutionFailedEventAttributes.Cause);
        }

        Assert.Empty(world.Current("sender").Externals);
    }

    [Fact]
    public void Cancel_WhenOfAChild_EndsWithTheChildsCancellation()
    {
        using var world = new World();
        world.Start("parent").Answer("parent", Order.StartChild("child")).Settle();
        world.Answer("parent", Order.Cancel("child", a => a.ChildWorkflowOnly = true)).Settle();
        world.Answer("child", Order.AcceptCancel()).Settle();

        Assert.EndsWith(
            "RequestCancelExternalWorkflowExecutionInitiated, ExternalWorkflowExecutionCancelRequested, "
            + "ChildWorkflowExecutionCanceled",
            world.Story("parent"),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Signal_WhenDeliveredTwice_IsRecordedOnce()
    {
        using var world = new World();
        world.Start("target").Start("sender").Answer("sender", Order.Signal("target"));
        world.SendAgain(world.Current("sender"));
        world.Settle();

        Assert.Equal("WorkflowExecutionStarted, WorkflowExecutionSignaled", world.Story("target"));
        Assert.Equal(
            "WorkflowExecutionStarted, SignalExternalWorkflowExecutionInitiated, ExternalWorkflowExecutionSignaled",
            world.Story("sender"));
    }

    [Fact]
    public void Signal_WhenItsReportIsLostAndTheTargetClosed_IsStillADeliveredOne()
    {
        using var world = new World();
        world.Start("target").Start("sender").Answer("sender", Order.Signal("target"));
        world.Deliver(0);
        world.Answer("target", Order.Complete());
        world.Crash();
        world.Settle();

        Assert.EndsWith("ExternalWorkflowExecutionSignaled", world.Story("sender"), StringComparison.Ordinal);
    }

    [Fact]
    public void Signals_WhenOfOneTask_ArriveInTheirOrder()
    {
        using var world = new World();
        world.Start("target").Start("sender").Answer(
            "sender", [.. Enumerable.Range(0, 20).Select(i => Order.Signal("target", a => a.SignalName = $"{i}"))]);
        world.Crash();
        world.Settle();

        Assert.Equal(
            Enumerable.Range(0, 20).Select(i => $"{i}"),
            world.History(world.Current("target").Key)
                .Where(e => e.EventType == EventType.WorkflowExecutionSignaled)
                .Select(e => e.WorkflowExecutionSignaledEventAttributes.SignalName));
    }

    [Fact]
    public void Signal_WhenTheSenderClosesInTheSameTask_IsNotSent()
    {
        using var world = new World();
        world.Start("target").Start("sender").Answer("sender", Order.Signal("target"), Order.Complete()).Settle();

        Assert.Equal("WorkflowExecutionStarted", world.Story("target"));
    }

    [Fact]
    public void Signal_WhenTheTargetIsClosing_IsDeliveredLater()
    {
        using var world = new World();
        world.Start("target").Start("sender").Take("target");
        Signal(world, "target");
        world.Answer("target", Order.Complete());
        world.Take("target");
        Assert.True(world.Current("target").IsClosing);

        world.Answer("sender", Order.Signal("target"));
        world.Deliver(0);
        Assert.Equal(0, world.Waiting);
        world.Answer("target");
        world.Settle();

        Assert.EndsWith("ExternalWorkflowExecutionSignaled", world.Story("sender"), StringComparison.Ordinal);
        Assert.Equal(2, world.Current("target").SignalCount);
    }

    private static World WorldOfTargets()
    {
        var world = new World { Limits = EngineLimits.Default with { MaxSignals = 1 } };
        world.Start("target").Start("closed").Answer("closed", Order.Complete()).Start("full").Start("sender");
        Signal(world, "full");
        return world;
    }

    private static void Signal(World world, string target) => Assert.False(world.Do(new SignalExecution(
        World.Id(target), null, new SignalWorkflowExecutionRequest { SignalName = "signal" })).IsRejected);
}
