using AugmentedOS.Engine.Storage.Sqlite;
using Google.Protobuf.WellKnownTypes;
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
        runs.root_run_id, runs.memo, runs.search_attributes, runs.run_number
        """;

    /// <param name="catalog">Attributes that it no longer has, or has with another type, are not shown.</param>
    /// <param name="position">Where this row is in the order of lists.</param>
    public static WorkflowExecutionInfo Read(
        Statement row, SearchAttributeCatalog catalog, out ListPosition position)
    {
        var run = new RunId(row.Guid(1));
        position = new ListPosition(row.Number(7), row.Number(5), row.Number(18));
        var execution = new WorkflowExecution { WorkflowId = row.Text(0), RunId = run.ToString() };
        var info = new WorkflowExecutionInfo
        {
            Execution = execution,
            Type = new WorkflowType { Name = row.Text(2) },
            TaskQueue = row.Text(3),
            Status = (WorkflowExecutionStatus)row.Number(4),
            StartTime = new Instant(row.Number(5)).ToTimestamp(),
            ExecutionTime = new Instant(row.Number(6)).ToTimestamp(),
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

    private static void AddClose(Statement row, WorkflowExecutionInfo info)
    {
        info.CloseTime = new Instant(row.Number(7)).ToTimestamp();
        info.HistoryLength = row.Number(8);
        info.HistorySizeBytes = row.Number(9);
        info.StateTransitionCount = row.Number(10);
        var nanos = row.Number(11);
        info.ExecutionDuration = new Duration
        {
            Seconds = nanos / Duration.NanosecondsPerSecond,
            Nanos = (int)(nanos % Duration.NanosecondsPerSecond),
        };
    }

    private static WorkflowExecution? ReadExecution(Statement row, int column) => row.IsNull(column)
        ? null
        : new WorkflowExecution
        {
            WorkflowId = row.Text(column),
            RunId = row.IsNull(column + 1) ? "" : new RunId(row.Guid(column + 1)).ToString(),
        };

    private static Memo ReadMemo(Statement row, int column) =>
        row.IsNull(column) ? new Memo() : Memo.Parser.ParseFrom(row.Blob(column));

    private static SearchAttributes ReadAttributes(Statement row, int column, SearchAttributeCatalog catalog)
    {
        if (row.IsNull(column))
        {
            return new SearchAttributes();
        }

        var attributes = SearchAttributes.Parser.ParseFrom(row.Blob(column));
        foreach (var (name, payload) in attributes.IndexedFields.ToList())
        {
            if (!catalog.TryFind(name, out var known) || SearchAttributeIndex.TypeOf(payload) != known.Type)
            {
                attributes.IndexedFields.Remove(name);
            }
        }

        return attributes;
    }
}
