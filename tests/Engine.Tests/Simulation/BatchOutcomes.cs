using AugmentedOS.Engine.Batch;
using AugmentedOS.Engine.Batch.Running;
using AugmentedOS.Engine.Executions;
using AugmentedOS.Engine.Tests.Executions.Kit;
using AugmentedOS.Engine.Visibility;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.History.V1;

namespace AugmentedOS.Engine.Tests.Simulation;

/// <summary>What must hold of batch operations when a simulated world has come to rest: none is lost, each has met
/// whatever it is about, and what can be told apart was done once.</summary>
internal sealed class BatchOutcomes
{
    private readonly List<(RunState State, List<HistoryEvent> Events)> _runs;

    private BatchOutcomes(SimulatedDisk disk) => _runs =
    [
        .. disk.Runs.Values.Where(run => run.Key.Namespace == FixedNamespaces.Default.Id).Select(run => (
            run.FoldFromTheStart(), run.Rows.SelectMany(row => SimulatedRun.ReadEvents(row.Facts)).ToList())),
    ];

    public static void Check(SimulatedDisk disk, Acknowledged acknowledged)
    {
        var batches = ScriptedBatches.StatesOf(disk).ToList();
        foreach (var key in acknowledged.Batches)
        {
            Assert.True(batches.Any(batch => batch.Key == key), $"{key} was acknowledged and is gone.");
        }

        var outcomes = new BatchOutcomes(disk);
        foreach (var batch in batches)
        {
            outcomes.Check(batch);
        }
    }

    private void Check(BatchState batch)
    {
        Assert.True(batch.Status is BatchStatus.Completed or BatchStatus.Stopped, $"{batch.Key} ended {batch.Status}.");
        var named = BatchOperations.Named(batch.Request);
        var done = batch.Succeeded + batch.Failed;
        Assert.True(
            batch.Status != BatchStatus.Completed || done >= batch.Total,
            $"{batch.Key} counts {batch.Succeeded} and {batch.Failed} of {batch.Total}.");
        if (named > 0)
        {
            Assert.True(
                batch.Status == BatchStatus.Completed ? done == named : done <= named,
                $"{batch.Key}, {batch.Status}, counts {batch.Succeeded} and {batch.Failed} of {named}.");
            Assert.Equal(done, batch.Position);
        }

        switch (batch.Type)
        {
            case BatchOperationType.Signal:
                SignalsOnce(batch);
                break;
            case BatchOperationType.Reset:
                ResetsOnce(batch);
                break;
            default:
                break;
        }

        if (batch.Status == BatchStatus.Completed && batch.Failed == 0)
        {
            foreach (var (run, events) in MustHaveMet(batch))
            {
                Assert.True(WasMet(batch, run, events), $"{batch} has left out {run.Key} of {run.StartedAt}, closed {ClosedAt(run)}: "
                    + string.Join(' ', events.Select(e => e.EventType)));
            }
        }
    }

    /// <summary>Runs that were there before the batch and were still open after it, and those that it named. When runs began
    /// and ended that skip time of their own, nobody can tell.</summary>
    private IEnumerable<(RunState State, List<HistoryEvent> Events)> MustHaveMet(BatchState batch)
    {
        var names = BatchOperations.Executions(batch.Request).Select(e => e.RunId).ToHashSet();
        var isOfAll = BatchOperations.Named(batch.Request) == 0;
        return _runs.Where(run => run.State.Time is null
            && (run.State.Origin?.At ?? run.State.StartedAt) < batch.StartedAt
            && (isOfAll || names.Contains(run.State.Key.Run.ToString()))
            && (batch.Type == BatchOperationType.Delete || ClosedAt(run.State) > batch.ClosedAt));
    }

    private static bool WasMet(BatchState batch, RunState run, List<HistoryEvent> events) => batch.Type switch
    {
        BatchOperationType.Signal => Signals(events, RequestId(batch, "signal", run.Key)) == 1,
        BatchOperationType.Cancel => events.Any(e => e.EventType == EventType.WorkflowExecutionCancelRequested),
        BatchOperationType.Terminate or BatchOperationType.Delete or BatchOperationType.Reset => false, // It is open still.
        _ => true,
    };

    private void SignalsOnce(BatchState batch)
    {
        foreach (var target in Targets(batch))
        {
            var requestId = BatchRequestId.For(batch, "signal", target);
            Assert.All(_runs, run => Assert.InRange(Signals(run.Events, requestId), 0, 1));
        }
    }

    private void ResetsOnce(BatchState batch)
    {
        // Without a run the current one is meant, and that may be another one the next time.
        foreach (var target in Targets(batch).Where(target => target.Run is not null))
        {
            var requestId = BatchRequestId.For(batch, "reset", target);
            var made = _runs.Count(run => run.State.Origin?.RequestId == requestId);
            Assert.True(made <= 1, $"{batch.Key} has reset {target.Workflow} {target.Run} {made} times.");
            if (batch.Status == BatchStatus.Completed && batch.Failed == 0)
            {
                Assert.True(made == 1, $"{batch.Key} has not reset {target.Workflow} {target.Run}, and says that it has.");
            }
        }
    }

    private IEnumerable<NumberedRun> Targets(BatchState batch) => BatchOperations.Named(batch.Request) > 0
        ? BatchOperations.Executions(batch.Request).Select(e => new NumberedRun(
            0,
            new WorkflowKey(batch.Key.Namespace, e.BusinessId),
            RunId.TryParse(e.RunId, out var run) ? run : null))
        : _runs.Select(run => new NumberedRun(0, run.State.Key.Workflow, run.State.Key.Run));

    private static int Signals(List<HistoryEvent> events, string requestId) =>
        events.Count(e => e.WorkflowExecutionSignaledEventAttributes?.RequestId == requestId);

    private static string RequestId(BatchState batch, string what, RunKey run) =>
        BatchRequestId.For(batch, what, new NumberedRun(0, run.Workflow, run.Run));

    private static Instant ClosedAt(RunState run) => Instant.From(run.CloseEvent!.EventTime);
}
