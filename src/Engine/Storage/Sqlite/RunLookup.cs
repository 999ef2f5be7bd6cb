namespace AugmentedOS.Engine.Storage.Sqlite;

/// <summary>Finds runs in the index.</summary>
internal sealed class RunLookup(Database database) : IDisposable
{
    private const string KeyColumns = "namespace_id, workflow_id, run_id";

    private readonly Statement _current = database.Prepare(
        """
        SELECT run_number, run_id FROM runs WHERE namespace_id = ?1 AND workflow_id = ?2
        ORDER BY run_number DESC LIMIT 1
        """);

    private readonly Statement _all = database.Prepare(
        "SELECT run_id FROM runs WHERE namespace_id = ?1 AND workflow_id = ?2 ORDER BY run_number DESC");

    private readonly Statement _run = database.Prepare(
        "SELECT run_number, namespace_id, workflow_id FROM runs WHERE run_id = ?1");

    private readonly Statement _hot = database.Prepare(
        $"SELECT {KeyColumns} FROM runs WHERE hot = 1 ORDER BY run_number");

    private readonly Statement _waking = database.Prepare(
        $"SELECT {KeyColumns}, wake_at FROM runs WHERE wake_at <= ?1 ORDER BY wake_at");

    // A run that still has something to tell others is kept until they know.
    private readonly Statement _closed = database.Prepare(
        $"""
        SELECT {KeyColumns} FROM runs WHERE namespace_id = ?1 AND close_time < ?2 AND hot = 0
        ORDER BY close_time LIMIT ?3
        """);

    public FoundRun? Find(WorkflowKey workflow, RunId? run) =>
        run is { } id ? FindRun(workflow, id) : Current(workflow);

    public List<RunId> Of(WorkflowKey workflow)
    {
        var runs = new List<RunId>();
        try
        {
            _all.Bind(1, workflow.Namespace.Value).Bind(2, workflow.WorkflowId);
            while (_all.Step())
            {
                runs.Add(new RunId(_all.Guid(0)));
            }
        }
        finally
        {
            _all.Reset();
        }

        return runs;
    }

    public List<RunKey> Hot() => ReadKeys(_hot);

    public List<RunKey> Closed(NamespaceId ns, Instant before, int limit) =>
        ReadKeys(_closed.Bind(1, ns.Value).Bind(2, before.Ticks).Bind(3, limit));

    public List<WakeUp> WakeUps(Instant until)
    {
        var wakeUps = new List<WakeUp>();
        try
        {
            _waking.Bind(1, until.Ticks);
            while (_waking.Step())
            {
                wakeUps.Add(new WakeUp(ReadKey(_waking), new Instant(_waking.Number(3))));
            }
        }
        finally
        {
            _waking.Reset();
        }

        return wakeUps;
    }

    public void Dispose()
    {
        _current.Dispose();
        _all.Dispose();
        _run.Dispose();
        _hot.Dispose();
        _waking.Dispose();
        _closed.Dispose();
    }

    private FoundRun? Current(WorkflowKey workflow)
    {
        try
        {
            return _current.Bind(1, workflow.Namespace.Value).Bind(2, workflow.WorkflowId).Step()
                ? new FoundRun(_current.Number(0), new RunKey(workflow, new RunId(_current.Guid(1))))
                : null;
        }
        finally
        {
            _current.Reset();
        }
    }

    private FoundRun? FindRun(WorkflowKey workflow, RunId run)
    {
        try
        {
            return _run.Bind(1, run.Value).Step()
                && _run.Guid(1) == workflow.Namespace.Value
                && _run.Text(2) == workflow.WorkflowId
                    ? new FoundRun(_run.Number(0), new RunKey(workflow, run))
                    : null;
        }
        finally
        {
            _run.Reset();
        }
    }

    private static List<RunKey> ReadKeys(Statement statement)
    {
        var keys = new List<RunKey>();
        try
        {
            while (statement.Step())
            {
                keys.Add(ReadKey(statement));
            }
        }
        finally
        {
            statement.Reset();
        }

        return keys;
    }

    private static RunKey ReadKey(Statement row) => new(
        new WorkflowKey(new NamespaceId(row.Guid(0)), row.Text(1)), new RunId(row.Guid(2)));
}
