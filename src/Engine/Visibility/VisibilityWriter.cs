using System.Collections.Immutable;
using AugmentedOS.Engine.Executions;
using Google.Protobuf;
using Microsoft.Data.Sqlite;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;

namespace AugmentedOS.Engine.Visibility;

/// <summary>
/// Keeps the visibility rows in step with the journal, inside the transaction that commits it. Owned by the one
/// thread that writes: its prepared statements are reused.
/// </summary>
internal sealed class VisibilityWriter : IDisposable
{
    private readonly PreparedStatement _insert;
    private readonly PreparedStatement _close;
    private readonly PreparedStatement _updateStatus;
    private readonly PreparedStatement _updateMemo;
    private readonly PreparedStatement _updateAttributes;
    private readonly PreparedStatement _insertValue;
    private readonly PreparedStatement _deleteValues;
    private readonly PreparedStatement _deleteAllValues;
    private readonly PreparedStatement _deleteRun;
    private readonly PreparedStatement _forgetAttribute;

    public VisibilityWriter(SqliteConnection connection)
    {
        _insert = new PreparedStatement(connection, VisibilityStatements.Insert);
        _close = new PreparedStatement(connection, VisibilityStatements.Close);
        _updateStatus = new PreparedStatement(connection, VisibilityStatements.UpdateStatus);
        _updateMemo = new PreparedStatement(connection, VisibilityStatements.UpdateMemo);
        _updateAttributes = new PreparedStatement(connection, VisibilityStatements.UpdateAttributes);
        _insertValue = new PreparedStatement(connection, VisibilityStatements.InsertValue);
        _deleteValues = new PreparedStatement(connection, VisibilityStatements.DeleteValues);
        _deleteAllValues = new PreparedStatement(connection, VisibilityStatements.DeleteAllValues);
        _deleteRun = new PreparedStatement(connection, VisibilityStatements.DeleteRun);
        _forgetAttribute = new PreparedStatement(connection, VisibilityStatements.ForgetAttribute);
    }

    private IEnumerable<PreparedStatement> Statements =>
    [
        _insert, _close, _updateStatus, _updateMemo, _updateAttributes, _insertValue, _deleteValues, _deleteAllValues,
        _deleteRun, _forgetAttribute,
    ];

    /// <summary>
    /// Makes the statements part of a transaction that was begun through the connection's own method.
    /// </summary>
    public void Enlist(SqliteTransaction? transaction)
    {
        foreach (var statement in Statements)
        {
            statement.Enlist(transaction);
        }
    }

    /// <summary>
    /// Brings the rows of a run from one state to a later one; does nothing when lists would not show it.
    /// </summary>
    /// <param name="before">Null for a new run.</param>
    public void Write(long runNumber, RunState? before, RunState after)
    {
        if (before is null)
        {
            Insert(VisibilityRecord.Of(runNumber, after));
            return;
        }

        if (!ReferenceEquals(before.SearchAttributes, after.SearchAttributes))
        {
            UpdateAttributes(runNumber, after.Key.Namespace, before.SearchAttributes, after.SearchAttributes);
        }

        if (!ReferenceEquals(before.Memo, after.Memo))
        {
            _updateMemo.Run(runNumber, MemoBytes(after.Memo));
        }

        if (before.IsRunning && VisibilityClose.Of(after) is { } close)
        {
            Close(runNumber, after.Status, close, close.DurationSince(after.FirstTaskAt));
        }
        else if (before.Status != after.Status)
        {
            _updateStatus.Run(runNumber, (long)after.Status);
        }
    }

    public void Insert(VisibilityRecord record)
    {
        var key = record.Key;
        _insert.Run(
            record.RunNumber,
            Bytes(key.Namespace.Value),
            key.WorkflowId,
            Bytes(key.Run.Value),
            record.WorkflowType,
            record.TaskQueue,
            (long)record.Status,
            record.StartTime.Ticks,
            record.ExecutionTime.Ticks,
            record.Close?.Time.Ticks ?? VisibilitySchema.OpenCloseTime,
            record.Close?.HistoryLength,
            record.Close?.HistorySize,
            record.Close?.StateTransitions,
            record.Close?.DurationSince(record.ExecutionTime),
            record.Parent?.WorkflowId,
            RunBytes(record.Parent),
            record.Root?.WorkflowId,
            RunBytes(record.Root),
            SearchAttributeIndex.DivisionOf(record.SearchAttributes),
            MemoBytes(record.Memo),
            AttributeBytes(record.SearchAttributes));
        foreach (var (name, payload) in record.SearchAttributes)
        {
            InsertValues(record.RunNumber, key.Namespace, name, payload);
        }
    }

    public void Close(
        long runNumber, WorkflowExecutionStatus status, VisibilityClose close, long durationNanos) =>
        _close.Run(
            runNumber,
            (long)status,
            close.Time.Ticks,
            close.HistoryLength,
            close.HistorySize,
            close.StateTransitions,
            durationNanos);

    /// <summary>Removes all rows of a run, the one in <c>runs</c> too.</summary>
    public void Delete(long runNumber)
    {
        _deleteAllValues.Run(runNumber);
        _deleteRun.Run(runNumber);
    }

    /// <summary>
    /// Drops the index of an attribute that was removed, so that its name can come back with another type.
    /// </summary>
    public void Forget(NamespaceId ns, string attribute) => _forgetAttribute.Run(Bytes(ns.Value), attribute);

    public void Dispose()
    {
        foreach (var statement in Statements)
        {
            statement.Dispose();
        }
    }

    private void UpdateAttributes(
        long runNumber,
        NamespaceId ns,
        ImmutableSortedDictionary<string, Payload> before,
        ImmutableSortedDictionary<string, Payload> after)
    {
        _updateAttributes.Run(runNumber, AttributeBytes(after), SearchAttributeIndex.DivisionOf(after));
        foreach (var (name, payload) in before)
        {
            if (!after.TryGetValue(name, out var kept) || !kept.Equals(payload))
            {
                _deleteValues.Run(runNumber, name);
            }
        }

        foreach (var (name, payload) in after)
        {
            if (!before.TryGetValue(name, out var had) || !had.Equals(payload))
            {
                InsertValues(runNumber, ns, name, payload);
            }
        }
    }

    private void InsertValues(long runNumber, NamespaceId ns, string name, Payload payload)
    {
        if (name == BuiltInSearchAttributes.NamespaceDivision)
        {
            return;
        }

        foreach (var value in SearchAttributeIndex.ValuesOf(payload))
        {
            _insertValue.Run(runNumber, name, value, Bytes(ns.Value));
        }
    }

    private static byte[] Bytes(Guid id) => id.ToByteArray(bigEndian: true);

    private static byte[]? RunBytes(WorkflowExecution? execution) =>
        execution is not null && RunId.TryParse(execution.RunId, out var run) ? Bytes(run.Value) : null;

    private static byte[]? MemoBytes(ImmutableSortedDictionary<string, Payload> fields) =>
        fields.IsEmpty ? null : new Memo { Fields = { fields } }.ToByteArray();

    private static byte[]? AttributeBytes(ImmutableSortedDictionary<string, Payload> fields) =>
        fields.IsEmpty ? null : new SearchAttributes { IndexedFields = { fields } }.ToByteArray();
}
