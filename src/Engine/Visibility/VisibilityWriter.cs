using System.Collections.Immutable;
using AugmentedOS.Engine.Executions;
using AugmentedOS.Engine.Storage.Sqlite;
using Temporalio.Api.Common.V1;

namespace AugmentedOS.Engine.Visibility;

/// <summary>
/// Keeps the visibility rows in step with the journal, inside the transaction that commits it. Owned by the one
/// thread that writes: its prepared statements are reused.
/// </summary>
internal sealed class VisibilityWriter(Database database) : IDisposable
{
    private readonly RunRowWriter _rows = new(database);
    private readonly SearchAttributeWriter _attributes = new(database);
    private readonly RunCounts _counts = new(database);

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

        if (!ReferenceEquals(before.SearchAttributes, after.SearchAttributes) || before.Status != after.Status)
        {
            Move(runNumber, before, after);
        }

        if (!ReferenceEquals(before.Memo, after.Memo))
        {
            _rows.UpdateMemo(runNumber, after.Memo);
        }

        if (!ReferenceEquals(before.Activity, after.Activity)
            && (VisibilityRecord.WorkOf(before), VisibilityRecord.WorkOf(after)) is var (old, work) && old != work)
        {
            _rows.UpdateWork(runNumber, work.Queue, work.At);
        }
    }

    public void Insert(VisibilityRecord record)
    {
        var place = ListPlace.Of(record);
        _rows.Insert(record);
        _counts.Add(record, place);
        _attributes.Update(
            record.RunNumber,
            record.Key.Namespace,
            ImmutableSortedDictionary<string, Payload>.Empty,
            record.SearchAttributes,
            place);
    }

    /// <summary>Removes all rows of a run, the one in <c>runs</c> too.</summary>
    public void Delete(long runNumber)
    {
        _counts.Remove(runNumber);
        _attributes.Delete(runNumber);
        _rows.Delete(runNumber);
    }

    /// <summary>
    /// Drops the index of an attribute that was removed, so that its name can come back with another type.
    /// </summary>
    public void Forget(NamespaceId ns, string attribute) => _attributes.Forget(ns, attribute);

    /// <summary>Writes what was only added up so far. To be called before each commit.</summary>
    public void Flush()
    {
        _counts.Flush();
        _attributes.Flush();
    }

    /// <summary>After a rollback: what was remembered may be wrong.</summary>
    public void ForgetChanges()
    {
        _counts.Forget();
        _attributes.ForgetChanges();
    }

    public void Dispose()
    {
        _rows.Dispose();
        _attributes.Dispose();
        _counts.Dispose();
    }

    /// <summary>The run has other attributes or another status.</summary>
    private void Move(long runNumber, RunState before, RunState after)
    {
        var (from, to) = (ListPlace.Of(before), ListPlace.Of(after));
        if (!ReferenceEquals(before.SearchAttributes, after.SearchAttributes))
        {
            _rows.UpdateAttributes(runNumber, after.SearchAttributes);
            _attributes.Update(runNumber, after.Key.Namespace, before.SearchAttributes, after.SearchAttributes, to);
        }

        if (before.IsRunning && VisibilityClose.Of(after) is { } close)
        {
            _rows.Close(runNumber, after.Status, close, close.DurationSince(after.FirstTaskAt));
        }
        else if (before.Status != after.Status)
        {
            _rows.UpdateStatus(runNumber, after.Status);
        }

        if (from != to)
        {
            _counts.Move(after, from, to);
            if (!after.SearchAttributes.IsEmpty)
            {
                _attributes.Move(runNumber, to);
            }
        }
    }
}
