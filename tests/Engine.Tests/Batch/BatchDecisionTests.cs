using AugmentedOS.Engine.Batch;
using AugmentedOS.Engine.Batch.Inputs;
using AugmentedOS.Engine.Batch.Running;
using AugmentedOS.Engine.Entities;
using AugmentedOS.Engine.Executions;
using AugmentedOS.Engine.Executions.Inputs;
using AugmentedOS.Engine.Storage.Codecs;
using AugmentedOS.Engine.Tests.Executions.Kit;
using Grpc.Core;
using Temporalio.Api.Batch.V1;
using Temporalio.Api.WorkflowService.V1;

namespace AugmentedOS.Engine.Tests.Batch;

public sealed class BatchDecisionTests
{
    private static readonly Instant Noon = Instant.From(new DateTimeOffset(2026, 1, 1, 12, 0, 0, TimeSpan.Zero));
    private readonly Dictionary<EntityKey, BatchState> _all = [];

    [Fact]
    public void Start_WhenAnotherRuns_IsRefusedWithItsCause()
    {
        Send(Start("a"));

        var refused = Send(Start("b")).Rejection!;

        Assert.Equal((StatusCode.ResourceExhausted, "Max concurrent batch operations is reached"), (refused.Code, refused.Message));
    }

    [Fact]
    public void Start_WhenTheIdWasUsed_IsRefusedAlsoAfterItsEnd()
    {
        Send(Start("a"));
        Send(new StopBatch(Key("a")));

        var refused = Send(Start("a")).Rejection!;

        Assert.Equal(StatusCode.AlreadyExists, refused.Code);
        Assert.StartsWith("Workflow execution already finished. WorkflowId: a, RunId: ", refused.Message, StringComparison.Ordinal);
        Assert.Null(Send(Start("b")).Rejection);
    }

    [Fact]
    public void Progress_WhenToldTwice_CountsOnce()
    {
        Send(Start("a"));
        var id = _all[Key("a")].Incarnation;
        Send(new RecordBatchScope(Key("a"), id, 7, 99));
        Send(new RecordBatchScope(Key("a"), id, 8, 100));
        var progress = new RecordBatchProgress(Key("a"), id, After: 0, Position: 40, Succeeded: 3, Failed: 1, IsAll: false);
        Send(progress);
        var again = Send(progress);

        var state = _all[Key("a")];
        Assert.Same(state, again.Reply); // Whoever tells late learns where to begin again.
        Assert.Equal((7L, 99L, 40L, 3L, 1L), (state.Total, state.LastRun, state.Position, state.Succeeded, state.Failed));
        Assert.Equal(Done.Instance, Send(progress with { After = 40, Incarnation = Guid.NewGuid() }).Reply);

        Send(progress with { After = 40, Position = 99, Succeeded = 1, Failed = 0, IsAll = true });
        Assert.Equal(
            (BatchStatus.Completed, Noon, Noon + 1.Days()),
            (_all[Key("a")].Status, _all[Key("a")].ClosedAt!.Value, _all[Key("a")].WakeAt!.Value));

        // Seven there were and five were met: two were no more when they would have had their turn.
        Assert.Equal((6L, 1L), (_all[Key("a")].Succeeded, _all[Key("a")].Failed));
        Send(new ForgetBatch(Key("a")));
        Assert.Empty(_all);
    }

    [Fact]
    public void Stop_WhenItIsOver_IsRefusedAsAClosedWorkflowIs()
    {
        Assert.Equal("workflow not found for ID: a", Send(new StopBatch(Key("a"))).Rejection?.Message);
        Send(Start("a"));
        Assert.Null(Send(new StopBatch(Key("a"))).Rejection);
        Assert.Equal("workflow execution already completed", Send(new StopBatch(Key("a"))).Rejection?.Message);
    }

    [Fact]
    public void Effects_FollowFromTheState()
    {
        var type = new BatchType();
        Send(Start("a"));
        var running = _all[Key("a")];
        Send(new StopBatch(Key("a")));
        var stopped = _all[Key("a")];

        Assert.IsType<RunBatch>(Assert.Single(type.After(Key("a"), null, running)));
        Assert.IsType<RunBatch>(Assert.Single(type.All(Key("a"), running)));
        Assert.Empty(type.After(Key("a"), running, running with { Position = 4 }));
        Assert.IsType<EndBatch>(Assert.Single(type.After(Key("a"), running, stopped)));
        Assert.IsType<EndBatch>(Assert.Single(type.After(Key("a"), running, null)));
        Assert.Empty(type.All(Key("a"), stopped));
    }

    [Fact]
    public void Query_IsForOpenRunsWhereOnlyTheyCanTakeIt()
    {
        var request = new StartBatchOperationRequest { VisibilityQuery = "A = 1", TerminationOperation = new() };
        Assert.Equal("(A = 1) AND (ExecutionStatus = 'Running' OR ExecutionStatus = 'Paused')", BatchOperations.QueryOf(request));
        request.DeletionOperation = new BatchOperationDeletion();
        Assert.Equal("A = 1", BatchOperations.QueryOf(request));
        Assert.Equal("", BatchOperations.QueryOf(new StartBatchOperationRequest { TerminationOperation = new() }));
    }

    private static EntityKey Key(string id) => new(EntityKind.BatchOperation, FixedNamespaces.Default.Id, id);

    private static StartBatch Start(string id) => new(
        Key(id),
        new StartBatchOperationRequest { JobId = id, Reason = "r", TerminationOperation = new() { Identity = "me" } },
        MaxRunning: 1);

    private EntityDecision<BatchState> Send(EntityInput<BatchState> input)
    {
        var engine = new DecisionContext(Noon, new SequentialIds(), EngineLimits.Default, new FixedNamespaces());
        var decision = input.Decide(_all.GetValueOrDefault(input.Key), new EntityContext<BatchState>(engine, _all));
        if (decision.Deletes)
        {
            _all.Remove(input.Key);
        }
        else if (decision.After is { } after)
        {
            _all[input.Key] = after;
            Assert.Equal(after, Again(after));
        }

        return decision;
    }

    private static BatchState Again(BatchState state)
    {
        var sink = ByteSink.OfThisThread();
        new BatchType().Encode(state, sink);
        var source = new ByteSource(sink.Detach());
        return BatchType.Read(state.Key, ref source);
    }
}
