using Google.Protobuf.WellKnownTypes;
using Microsoft.Data.Sqlite;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.Workflow.V1;

namespace AugmentedOS.Engine.Visibility;

/// <summary>A row of <c>runs</c> as a client sees it.</summary>
internal static class VisibilityRow
{
    public const string Columns = """
        runs.workflow_id, runs.run_id, runs.workflow_type, runs.task_queue, runs.status, runs.start_time,
        runs.execution_time, runs.close_time, runs.history_length, runs.history_size, runs.state_transitions,
        runs.execution_duration, runs.parent_workflow_id, runs.parent_run_id, runs.root_workflow_id,
        runs.root_run_id, runs.memo, runs.search_attributes
        """;

    /// <param name="catalog">Attributes that it no longer has, or has with another type, are not shown.</param>
    /// <param name="position">Where this row is in the order of lists.</param>
    public static WorkflowExecutionInfo Read(
        SqliteDataReader row, SearchAttributeCatalog catalog, out ListPosition position)
    {
        var run = new RunId(ReadId(row, 1));
        position = new ListPosition(row.GetInt64(7), row.GetInt64(5), run);
        var execution = new WorkflowExecution { WorkflowId = row.GetString(0), RunId = run.ToString() };
        var info = new WorkflowExecutionInfo
        {
            Execution = execution,
            Type = new WorkflowType { Name = row.GetString(2) },
            TaskQueue = row.GetString(3),
            Status = (WorkflowExecutionStatus)row.GetInt32(4),
            StartTime = new Instant(row.GetInt64(5)).ToTimestamp(),
            ExecutionTime = new Instant(row.GetInt64(6)).ToTimestamp(),
            Memo = ReadMemo(row, 16),
            SearchAttributes = ReadAttributes(row, 17, catalog),
            ParentExecution = ReadExecution(row, 12),
            RootExecution = ReadExecution(row, 14) ?? execution.Clone(),
        };
        if (position.CloseTime != VisibilitySchema.OpenCloseTime)
        {
            AddClose(row, info);
        }

        return info;
    }

    private static void AddClose(SqliteDataReader row, WorkflowExecutionInfo info)
    {
        info.CloseTime = new Instant(row.GetInt64(7)).ToTimestamp();
        info.HistoryLength = row.GetInt64(8);
        info.HistorySizeBytes = row.GetInt64(9);
        info.StateTransitionCount = row.GetInt64(10);
        var nanos = row.GetInt64(11);
        info.ExecutionDuration = new Duration
        {
            Seconds = nanos / Duration.NanosecondsPerSecond,
            Nanos = (int)(nanos % Duration.NanosecondsPerSecond),
        };
    }

    private static WorkflowExecution? ReadExecution(SqliteDataReader row, int column) => row.IsDBNull(column)
        ? null
        : new WorkflowExecution
        {
            WorkflowId = row.GetString(column),
            RunId = row.IsDBNull(column + 1) ? "" : new RunId(ReadId(row, column + 1)).ToString(),
        };

    private static Memo ReadMemo(SqliteDataReader row, int column) =>
        row.IsDBNull(column) ? new Memo() : Memo.Parser.ParseFrom(row.GetFieldValue<byte[]>(column));

    private static SearchAttributes ReadAttributes(SqliteDataReader row, int column, SearchAttributeCatalog catalog)
    {
        if (row.IsDBNull(column))
        {
            return new SearchAttributes();
        }

        var attributes = SearchAttributes.Parser.ParseFrom(row.GetFieldValue<byte[]>(column));
        foreach (var (name, payload) in attributes.IndexedFields.ToList())
        {
            if (!catalog.TryFind(name, out var known) || SearchAttributeIndex.TypeOf(payload) != known.Type)
            {
                attributes.IndexedFields.Remove(name);
            }
        }

        return attributes;
    }

    private static Guid ReadId(SqliteDataReader row, int column) =>
        new(row.GetFieldValue<byte[]>(column), bigEndian: true);
}
