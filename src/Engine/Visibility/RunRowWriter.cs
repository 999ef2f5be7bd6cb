using System.Collections.Immutable;
using AugmentedOS.Engine.Storage.Sqlite;
using Google.Protobuf;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;

namespace AugmentedOS.Engine.Visibility;

/// <summary>Writes visibility's columns of <c>runs</c>.</summary>
internal sealed class RunRowWriter(Database database) : IDisposable
{
    private readonly Statement _insert = database.Prepare(
        """
        INSERT INTO runs(
            run_number, namespace_id, workflow_id, run_id, workflow_type, task_queue, status, start_time,
            execution_time, close_time, history_length, history_size, state_transitions, execution_duration,
            parent_workflow_id, parent_run_id, root_workflow_id, root_run_id, namespace_division, memo,
            search_attributes)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21)
        """);

    private readonly Statement _close = database.Prepare(
        """
        UPDATE runs
        SET status = ?2, close_time = ?3, history_length = ?4, history_size = ?5, state_transitions = ?6,
            execution_duration = ?7
        WHERE run_number = ?1
        """);

    private readonly Statement _updateStatus = database.Prepare("UPDATE runs SET status = ?2 WHERE run_number = ?1");

    private readonly Statement _updateMemo = database.Prepare("UPDATE runs SET memo = ?2 WHERE run_number = ?1");

    private readonly Statement _updateAttributes = database.Prepare(
        "UPDATE runs SET search_attributes = ?2, namespace_division = ?3 WHERE run_number = ?1");

    private readonly Statement _updateWork = database.Prepare(
        "UPDATE runs SET task_queue = ?2, execution_time = ?3 WHERE run_number = ?1");

    private readonly Statement _delete = database.Prepare("DELETE FROM runs WHERE run_number = ?1");

    public void Insert(VisibilityRecord record)
    {
        var close = record.Close;
        _insert
            .Bind(1, record.RunNumber)
            .Bind(2, record.Key.Namespace.Value)
            .Bind(3, record.Key.WorkflowId)
            .Bind(4, record.Key.Run.Value)
            .Bind(5, record.WorkflowType)
            .Bind(6, record.TaskQueue)
            .Bind(7, (long)record.Status)
            .Bind(8, record.StartTime.Ticks)
            .Bind(9, record.ExecutionTime.Ticks)
            .Bind(10, close?.Time.Ticks ?? VisibilitySchema.OpenCloseTime)
            .Bind(11, close?.HistoryLength)
            .Bind(12, close?.HistorySize)
            .Bind(13, close?.StateTransitions)
            .Bind(14, close?.DurationSince(record.ExecutionTime))
            .Bind(15, record.Parent?.WorkflowId)
            .Bind(17, record.Root?.WorkflowId)
            .Bind(19, SearchAttributeIndex.DivisionOf(record.SearchAttributes));
        BindRun(16, record.Parent);
        BindRun(18, record.Root);
        BindMessage(_insert, 20, MemoOf(record.Memo));
        BindMessage(_insert, 21, AttributesOf(record.SearchAttributes));
        _insert.Run();
    }

    public void Close(
        long runNumber, WorkflowExecutionStatus status, VisibilityClose close, long durationNanos) => _close
        .Bind(1, runNumber)
        .Bind(2, (long)status)
        .Bind(3, close.Time.Ticks)
        .Bind(4, close.HistoryLength)
        .Bind(5, close.HistorySize)
        .Bind(6, close.StateTransitions)
        .Bind(7, durationNanos)
        .Run();

    public void UpdateStatus(long runNumber, WorkflowExecutionStatus status) =>
        _updateStatus.Bind(1, runNumber).Bind(2, (long)status).Run();

    public void UpdateMemo(long runNumber, ImmutableSortedDictionary<string, Payload> memo)
    {
        BindMessage(_updateMemo.Bind(1, runNumber), 2, MemoOf(memo));
        _updateMemo.Run();
    }

    public void UpdateAttributes(long runNumber, ImmutableSortedDictionary<string, Payload> attributes)
    {
        _updateAttributes.Bind(1, runNumber).Bind(3, SearchAttributeIndex.DivisionOf(attributes));
        BindMessage(_updateAttributes, 2, AttributesOf(attributes));
        _updateAttributes.Run();
    }

    public void UpdateWork(long runNumber, string taskQueue, Instant executionTime) =>
        _updateWork.Bind(1, runNumber).Bind(2, taskQueue).Bind(3, executionTime.Ticks).Run();

    public void Delete(long runNumber) => _delete.Bind(1, runNumber).Run();

    public void Dispose()
    {
        _insert.Dispose();
        _close.Dispose();
        _updateStatus.Dispose();
        _updateMemo.Dispose();
        _updateAttributes.Dispose();
        _updateWork.Dispose();
        _delete.Dispose();
    }

    private void BindRun(int index, WorkflowExecution? execution)
    {
        if (RunId.TryParse(execution?.RunId, out var run))
        {
            _insert.Bind(index, run.Value);
        }
        else
        {
            _insert.Bind(index, (string?)null);
        }
    }

    private static void BindMessage(Statement statement, int index, IMessage? message)
    {
        if (message is null)
        {
            statement.Bind(index, (string?)null);
        }
        else
        {
            statement.Bind(index, message.ToByteArray());
        }
    }

    private static Memo? MemoOf(ImmutableSortedDictionary<string, Payload> fields) =>
        fields.IsEmpty ? null : new Memo { Fields = { fields } };

    private static SearchAttributes? AttributesOf(ImmutableSortedDictionary<string, Payload> fields) =>
        fields.IsEmpty ? null : new SearchAttributes { IndexedFields = { fields } };
}
