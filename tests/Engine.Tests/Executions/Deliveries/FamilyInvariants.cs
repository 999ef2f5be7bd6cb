using AugmentedOS.Engine.Executions;
using AugmentedOS.Engine.Executions.Deliveries;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.History.V1;

namespace AugmentedOS.Engine.Tests.Executions.Deliveries;

/// <summary>What holds between runs once everything that was under way has arrived, whatever happened before.</summary>
internal static class FamilyInvariants
{
    public static void Check(World world)
    {
        foreach (var run in world.Runs)
        {
            var left = PendingDeliveries.All(run);
            Assert.True(left.Count == 0, $"{run.Key} has never told: {string.Join(", ", left)}");
            CheckOrder(world, run);
            if (run.Successor is not null)
            {
                continue; // Another run has taken its place, and knows what it knew.
            }

            foreach (var initiated in Of(world, run, EventType.StartChildWorkflowExecutionInitiated))
            {
                CheckChild(world, run, initiated);
            }

            foreach (var initiated in Of(world, run, EventType.SignalExternalWorkflowExecutionInitiated))
            {
                CheckSignal(world, run, initiated);
            }

            foreach (var initiated in Of(world, run, EventType.RequestCancelExternalWorkflowExecutionInitiated))
            {
                var answers = world.History(run.Key).Count(e =>
                    e.ExternalWorkflowExecutionCancelRequestedEventAttributes?.InitiatedEventId == initiated.EventId
                    || e.RequestCancelExternalWorkflowExecutionFailedEventAttributes?.InitiatedEventId
                        == initiated.EventId);
                Assert.True(answers <= 1 && (run.IsClosed || answers == 1), $"{run.Key}: {answers} answers to a cancel");
            }
        }
    }

    private static void CheckChild(World world, RunState parent, HistoryEvent initiated)
    {
        var told = world.History(parent.Key).Where(e => InitiatedIdOf(e) == initiated.EventId).ToList();
        var what = $"{parent.Key} of {initiated.EventId}: [{string.Join(", ", told.Select(e => e.EventType))}]";
        var firsts = world.Runs.Where(r => IsFirstRunOf(r, parent, initiated)).ToList();
        if (told.Count == 0)
        {
            Assert.True(parent.IsClosed, $"{what}: nothing is known of the child");
            Assert.True(firsts.All(r => r.IsClosed), $"{what}: a child that nobody knows of is running");
            return;
        }

        if (told[0].EventType == EventType.StartChildWorkflowExecutionFailed)
        {
            Assert.True(told.Count == 1, what);
            Assert.True(firsts.All(r => r.IsClosed), $"{what}: the child was started all the same");
            return;
        }

        Assert.True(told[0].EventType == EventType.ChildWorkflowExecutionStarted && told.Count <= 2, what);
        var startedRun = told[0].ChildWorkflowExecutionStartedEventAttributes.WorkflowExecution.RunId;
        Assert.True(
            firsts.All(r => r.Key.Run.ToString() == startedRun || HasNeverRun(world, r)),
            $"{what}: two children did work");
        var chain = world.Runs.Where(r => r.Started.FirstExecutionRunId == startedRun).ToList();
        var isOpen = chain.Any(r => r.IsRunning);
        if (parent.IsRunning)
        {
            Assert.True(isOpen == (told.Count == 1), $"{what}: the child is {(isOpen ? "open" : "closed")}");
            Assert.True(isOpen == parent.Children.ContainsKey(initiated.EventId), what);
        }
        else if (told.Count == 1)
        {
            CheckPolicy(initiated.StartChildWorkflowExecutionInitiatedEventAttributes.ParentClosePolicy, chain, what);
        }
    }

    private static void CheckPolicy(ParentClosePolicy policy, List<RunState> chain, string what)
    {
        var isOpen = chain.Any(r => r.IsRunning);
        if (policy == ParentClosePolicy.Terminate)
        {
            Assert.False(isOpen, $"{what}: the child outlives its parent");
        }
        else if (policy == ParentClosePolicy.RequestCancel)
        {
            Assert.True(!isOpen || chain.Any(r => r.CancelRequested), $"{what}: the child was not asked to cancel");
        }
    }

    private static void CheckSignal(World world, RunState sender, HistoryEvent initiated)
    {
        var signaled = world.History(sender.Key).Count(e =>
            e.ExternalWorkflowExecutionSignaledEventAttributes?.InitiatedEventId == initiated.EventId);
        var failed = world.History(sender.Key).Count(e =>
            e.SignalExternalWorkflowExecutionFailedEventAttributes?.InitiatedEventId == initiated.EventId);
        Assert.True(
            signaled + failed <= 1 && (sender.IsClosed || signaled + failed == 1),
            $"{sender.Key}: signal {initiated.EventId} has {signaled} deliveries and {failed} failures");
        if (initiated.EventId < sender.Origin?.ForkEventId && signaled > 0)
        {
            return; // It may have been the former run that sent it.
        }

        var request = $"{sender.Key.Run}:{initiated.EventId}";
        var arrived = world.Runs.Select(r => world.History(r.Key).Count(e =>
            e.WorkflowExecutionSignaledEventAttributes?.RequestId == request)).ToList();
        Assert.True(arrived.All(count => count <= 1), $"{request} was recorded twice by one run");
        Assert.True(signaled == 0 || arrived.Sum() >= 1, $"{request} never arrived");
    }

    /// <summary>A child's start precedes its end, and both name the events that they belong to.</summary>
    private static void CheckOrder(World world, RunState run)
    {
        var started = new Dictionary<long, long>();
        foreach (var happened in world.History(run.Key))
        {
            if (happened.ChildWorkflowExecutionStartedEventAttributes is { } start)
            {
                started.Add(start.InitiatedEventId, happened.EventId);
            }
            else if (StartedIdOf(happened) is { } reference)
            {
                Assert.True(
                    started.TryGetValue(InitiatedIdOf(happened), out var id) && id == reference,
                    $"{run.Key}: {happened} refers to {reference}");
            }
        }
    }

    private static bool IsFirstRunOf(RunState run, RunState parent, HistoryEvent initiated) =>
        run.Origin is null
        && run.Started.ContinuedExecutionRunId.Length == 0
        && run.Started.ParentInitiatedEventId == initiated.EventId
        && Equals(run.Started.ParentWorkflowExecution, parent.Key.ToExecution());

    private static bool HasNeverRun(World world, RunState run) =>
        run.IsClosed && world.History(run.Key).All(e => e.EventType != EventType.WorkflowTaskScheduled);

    private static IEnumerable<HistoryEvent> Of(World world, RunState run, EventType type) =>
        world.History(run.Key).Where(e => e.EventType == type);

    private static long InitiatedIdOf(HistoryEvent e) =>
        e.ChildWorkflowExecutionStartedEventAttributes?.InitiatedEventId
        ?? e.StartChildWorkflowExecutionFailedEventAttributes?.InitiatedEventId
        ?? e.ChildWorkflowExecutionCompletedEventAttributes?.InitiatedEventId
        ?? e.ChildWorkflowExecutionFailedEventAttributes?.InitiatedEventId
        ?? e.ChildWorkflowExecutionCanceledEventAttributes?.InitiatedEventId
        ?? e.ChildWorkflowExecutionTerminatedEventAttributes?.InitiatedEventId
        ?? e.ChildWorkflowExecutionTimedOutEventAttributes?.InitiatedEventId
        ?? 0;

    private static long? StartedIdOf(HistoryEvent e) =>
        e.ChildWorkflowExecutionCompletedEventAttributes?.StartedEventId
        ?? e.ChildWorkflowExecutionFailedEventAttributes?.StartedEventId
        ?? e.ChildWorkflowExecutionCanceledEventAttributes?.StartedEventId
        ?? e.ChildWorkflowExecutionTerminatedEventAttributes?.StartedEventId
        ?? e.ChildWorkflowExecutionTimedOutEventAttributes?.StartedEventId;
}
