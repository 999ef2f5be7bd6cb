using System.Runtime.InteropServices;
using AugmentedOS.Engine.Executions;
using AugmentedOS.Engine.Storage.Sqlite;
using Temporalio.Api.Enums.V1;

namespace AugmentedOS.Engine.Visibility;

/// <summary>
/// Counts the runs of each type and status, but for those in a division. A commit adds its changes up and writes each
/// count once, however many runs it starts and closes. Owned by the one thread that writes.
/// </summary>
internal sealed class RunCounts(Database database) : IDisposable
{
    private readonly Dictionary<Group, long> _changes = [];

    private readonly Statement _add = database.Prepare(
        """
        INSERT INTO run_counts(namespace_id, workflow_type, status, count) VALUES (?1, ?2, ?3, ?4)
        ON CONFLICT(namespace_id, workflow_type, status) DO UPDATE SET count = count + excluded.count
        """);

    private readonly Statement _find = database.Prepare(
        "SELECT namespace_id, workflow_type, status FROM runs WHERE run_number = ?1 AND namespace_division IS NULL");

    public void Add(VisibilityRecord record, ListPlace place)
    {
        if (!place.IsInDivision)
        {
            Change(new Group(record.Key.Namespace, record.WorkflowType, record.Status), 1);
        }
    }

    public void Move(RunState state, ListPlace before, ListPlace after)
    {
        var (ns, type) = (state.Key.Namespace, state.Started.WorkflowType?.Name ?? "");
        if (!before.IsInDivision)
        {
            Change(new Group(ns, type, before.Status), -1);
        }

        if (!after.IsInDivision)
        {
            Change(new Group(ns, type, after.Status), 1);
        }
    }

    /// <summary>To be told while the run's row is still there.</summary>
    public void Remove(long runNumber)
    {
        if (_find.Bind(1, runNumber).Step())
        {
            var ns = new NamespaceId(_find.Guid(0));
            Change(new Group(ns, _find.Text(1), (WorkflowExecutionStatus)_find.Number(2)), -1);
        }

        _find.Reset();
    }

    /// <summary>Writes what has changed since; before the commit, so that counts and rows are of one moment.</summary>
    public void Flush()
    {
        foreach (var (group, change) in _changes)
        {
            if (change != 0)
            {
                _add.Bind(1, group.Namespace.Value).Bind(2, group.Type).Bind(3, (long)group.Status).Bind(4, change).Run();
            }
        }

        _changes.Clear();
    }

    /// <summary>After a rollback: the changes did not happen.</summary>
    public void Forget() => _changes.Clear();

    public void Dispose()
    {
        _add.Dispose();
        _find.Dispose();
    }

    private void Change(Group group, long by) =>
        CollectionsMarshal.GetValueRefOrAddDefault(_changes, group, out _) += by;

    private readonly record struct Group(NamespaceId Namespace, string Type, WorkflowExecutionStatus Status);
}
