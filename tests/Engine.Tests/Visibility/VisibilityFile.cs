using AugmentedOS.Engine.Storage.Sqlite;
using AugmentedOS.Engine.Visibility;
using AugmentedOS.Engine.Visibility.Queries;
using Google.Protobuf;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.Workflow.V1;

namespace AugmentedOS.Engine.Tests.Visibility;

/// <summary>An in-memory database with the visibility tables and one namespace.</summary>
internal sealed class VisibilityFile : IDisposable
{
    private long _lastRunNumber;

    public VisibilityFile(SearchAttributeCatalog? catalog = null)
    {
        Database = DatabaseOpener.OpenMemory();
        Writer = new VisibilityWriter(Database);
        Scope = new VisibilityScope(Sample.Namespace, catalog ?? Sample.Catalog);
    }

    public Database Database { get; }

    public VisibilityScope Scope { get; }

    public VisibilityWriter Writer { get; }

    public static Instant At(double seconds) => Instant.From(
        new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero) + TimeSpan.FromSeconds(seconds));

    public VisibilityRecord Add(
        string workflowId,
        double startedAt = 0,
        WorkflowExecutionStatus status = WorkflowExecutionStatus.Running,
        double? closedAt = null,
        string type = "Order",
        NamespaceId? ns = null,
        params (string Name, object? Value)[] attributes)
    {
        var number = ++_lastRunNumber;
        var run = new RunId(new Guid($"{number:x8}-0000-7000-8000-{number:x12}"));
        var record = new VisibilityRecord
        {
            RunNumber = number,
            Key = new RunKey(new WorkflowKey(ns ?? Scope.Namespace, workflowId), run),
            WorkflowType = type,
            TaskQueue = "queue",
            Status = closedAt is not null && status == WorkflowExecutionStatus.Running
                ? WorkflowExecutionStatus.Completed
                : status,
            StartTime = At(startedAt),
            ExecutionTime = At(startedAt),
            Close = closedAt is { } close ? new VisibilityClose(At(close), 11, 1234, 5) : null,
            SearchAttributes = Sample.Attributes(Scope.Catalog, attributes),
        };
        Writer.Insert(record);
        return record;
    }

    public VisibilityRecord Add(VisibilityRecord record)
    {
        Writer.Insert(record);
        return record;
    }

    public IReadOnlyList<WorkflowExecutionInfo> List(string query = "")
    {
        var answer = VisibilityReader.List(Database, Scope, query, pageSize: 0, ByteString.Empty);
        Assert.True(answer.TryGet(out var page, out var rejection), rejection?.Message);
        return page.Runs;
    }

    public string[] Ids(string query = "") => [.. List(query).Select(info => info.Execution.WorkflowId)];

    public VisibilityCount Count(string query = "")
    {
        Writer.Flush();
        var answer = VisibilityReader.Count(Database, Scope, query);
        Assert.True(answer.TryGet(out var count, out var rejection), rejection?.Message);
        return count;
    }

    public string Refusal(string query)
    {
        var answer = VisibilityReader.List(Database, Scope, query, pageSize: 0, ByteString.Empty);
        Assert.False(answer.TryGet(out _, out var rejection), $"accepted: {query}");
        return rejection!.Message;
    }

    /// <summary>SQLite's plan for the statement, a step a line.</summary>
    public string Explain(SqlWriter sql)
    {
        using var plan = sql.Prepare(Database, "EXPLAIN QUERY PLAN ");
        var steps = new List<string>();
        while (plan.Step())
        {
            steps.Add(plan.Text(3));
        }

        return string.Join('\n', steps);
    }

    public void Dispose()
    {
        Writer.Dispose();
        Database.Dispose();
    }
}
