using System.Collections.Immutable;
using AugmentedOS.Engine.Executions;
using AugmentedOS.Engine.Visibility;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.History.V1;
using Temporalio.Api.TaskQueue.V1;

namespace AugmentedOS.Engine.Tests.Visibility;

public sealed class VisibilityWriterTests : IDisposable
{
    private readonly VisibilityFile _file = new();

    public void Dispose() => _file.Dispose();

    [Fact]
    public void Run_WhenItStartsChangesAndCloses_IsListedAsItIs()
    {
        var started = Started();
        _file.Writer.Write(1, before: null, started);
        Assert.Equal(["w"], _file.Ids("ExecutionStatus = 'Running' AND Customer = 'alice' AND Amount IS NULL"));

        var changed = started with
        {
            SearchAttributes = Attributes(("Amount", 5), ("Tags", new[] { "x", "y" })),
            Memo = started.Memo.Add("note", Sample.Json("\"new\"")),
        };
        _file.Writer.Write(1, started, changed);
        Assert.Equal(["w"], _file.Ids("Customer IS NULL AND Amount = 5 AND Tags = 'y'"));
        Assert.Equal("\"new\"", _file.List()[0].Memo.Fields["note"].Data.ToStringUtf8());

        var closed = changed with
        {
            Status = WorkflowExecutionStatus.Completed,
            NextEventId = 8,
            HistorySize = 700,
            Transitions = 4,
            CloseEvent = new HistoryEvent { EventId = 7, EventTime = VisibilityFile.At(90).ToTimestamp() },
        };
        _file.Writer.Write(1, changed, closed);
        Assert.Equal(
            ["w"], _file.Ids("ExecutionStatus = 'Completed' AND ExecutionDuration = '80s' AND HistoryLength = 7"));
        Assert.Equal(4, _file.List()[0].StateTransitionCount);

        _file.Writer.Delete(1);
        Assert.Empty(_file.List("TemporalNamespaceDivision IS NULL OR TemporalNamespaceDivision IS NOT NULL"));
        Assert.Equal(0, Rows("search_attributes"));
    }

    [Fact]
    public void Write_WhenOneElementOfAListChanges_KeepsTheOthers()
    {
        var before = Started() with
        {
            SearchAttributes = Attributes(("Tags", new[] { "x", "y" }), ("Note", "one two")),
        };
        var after = before with
        {
            SearchAttributes = Attributes(("Tags", new[] { "y", "z" }), ("Note", "two three")),
        };
        _file.Writer.Write(1, null, before);
        _file.Writer.Write(1, before, after);

        Assert.Equal(["w"], _file.Ids("Tags = 'y' AND Tags = 'z' AND Note = 'three'"));
        Assert.Empty(_file.Ids("Tags = 'x' OR Note = 'one'"));
        Assert.Equal(4, Rows("search_attributes"));
    }

    [Fact]
    public void Write_WhenPaused_ShowsItAsPausedAndOpen()
    {
        var running = Started();
        _file.Writer.Write(1, null, running);
        _file.Writer.Write(1, running, running with { Status = WorkflowExecutionStatus.Paused });

        Assert.Equal(["w"], _file.Ids("ExecutionStatus = 'Paused' AND CloseTime IS NULL"));
    }

    [Fact]
    public void Write_WhenTheTransactionRollsBack_LeavesNothing()
    {
        _file.Database.Execute("BEGIN");
        _file.Writer.Write(1, null, Started());
        _file.Database.Execute("ROLLBACK");

        Assert.Equal(0, Rows("runs") + Rows("search_attributes"));
    }

    [Fact]
    public void Forget_WhenAnAttributeIsRemoved_FreesItsNameForAnotherType()
    {
        _file.Add("w", attributes: [("Customer", "5")]);
        _file.Writer.Forget(_file.Scope.Namespace, "Customer");

        Assert.Empty(_file.Ids("Customer IS NOT NULL"));
    }

    [Fact]
    public void Write_WhenTheClockStepsBack_KeepsTheDurationFromGoingNegative()
    {
        var close = new VisibilityClose(VisibilityFile.At(1), 1, 1, 1);

        Assert.Equal(0, close.DurationSince(VisibilityFile.At(2)));
        Assert.Equal(1_000_000_000, close.DurationSince(VisibilityFile.At(0)));
    }

    private long Rows(string table) => _file.Database.Number($"SELECT count(*) FROM {table}");

    internal static RunState Started(int number = 1)
    {
        var run = new RunId(new Guid($"{number:x8}-0000-7000-8000-000000000001"));
        var started = new WorkflowExecutionStartedEventAttributes
        {
            WorkflowType = new WorkflowType { Name = "Order" },
            TaskQueue = new TaskQueue { Name = "queue" },
            RootWorkflowExecution = new WorkflowExecution { WorkflowId = "w", RunId = run.ToString() },
            FirstWorkflowTaskBackoff = TimeSpan.FromSeconds(5).ToProto(),
        };
        var key = new RunKey(new WorkflowKey(Sample.Namespace, "w"), run);
        return new RunState
        {
            Birth = new RunBirth(key, started, VisibilityFile.At(5), "request", UserMetadata: null),
            SearchAttributes = Attributes(("Customer", "alice")),
        };
    }

    private static ImmutableSortedDictionary<string, Payload> Attributes(
        params (string Name, object? Value)[] values) =>
        Sample.Attributes(Sample.Catalog, values);
}
