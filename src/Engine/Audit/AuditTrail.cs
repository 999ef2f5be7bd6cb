using System.Diagnostics.Metrics;
using AugmentedOS.Engine.Runtime;
using Microsoft.Extensions.Logging;

namespace AugmentedOS.Engine.Audit;

/// <summary>Takes audit records from calls and hands them to the sinks, on a thread of its own: a call never waits for its
/// record. What the sinks cannot take waits here, up to a bound; what comes then is dropped and counted, and health
/// says so. Thread-safe.</summary>
internal sealed partial class AuditTrail : IThreadPoolWorkItem, IDisposable
{
    private const int Capacity = 100_000;
    private const int BatchSize = 1000;
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private readonly IReadOnlyList<IAuditSink> _sinks;
    private readonly IWorkScheduler _scheduler;
    private readonly EngineHealth _health;
    private readonly ILogger _log;
    private readonly ITimer _retry;
    private readonly Counter<long> _dropped;
    private List<AuditRecord> _waiting = [];
    private bool _isScheduled;

    // These two belong to whoever executes: a batch stays the same until every sink has it.
    private List<AuditRecord>? _batch;
    private int _doneSinks;

    /// <param name="scheduler">One piece of work at a time, in order; it may block.</param>
    public AuditTrail(
        IReadOnlyList<IAuditSink> sinks,
        IWorkScheduler scheduler,
        EngineHealth health,
        TimeProvider time,
        IMeterFactory meters,
        ILogger log)
    {
        _sinks = sinks;
        _scheduler = scheduler;
        _health = health;
        _log = log;
        _retry = time.CreateTimer(_ => Schedule(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _dropped = meters.Create(new MeterOptions("AugmentedOS.Engine.Audit"))
            .CreateCounter<long>("audit_records_dropped", description: "Audit records that found no room.");
    }

    public void Add(in AuditRecord record)
    {
        lock (_gate)
        {
            if (_waiting.Count >= Capacity)
            {
                _dropped.Add(1);
                return;
            }

            _waiting.Add(record);
            if (_isScheduled)
            {
                return;
            }

            _isScheduled = true;
        }

        _scheduler.Schedule(this);
    }

    /// <summary>Writes what waits. The scheduler runs one at a time.</summary>
    public void Execute()
    {
        while ((_batch ??= Next()).Count > 0)
        {
            if (!TryWrite(_batch))
            {
                _retry.Change(RetryAfter, Timeout.InfiniteTimeSpan);
                return;
            }

            _health.AuditWorks();
            Written(_batch.Count);
            _batch = null;
        }

        _batch = null;
    }

    public void Dispose()
    {
        _retry.Dispose();
        foreach (var sink in _sinks.OfType<IDisposable>())
        {
            sink.Dispose();
        }
    }

    private void Schedule() => _scheduler.Schedule(this);

    private List<AuditRecord> Next()
    {
        lock (_gate)
        {
            _isScheduled = _waiting.Count > 0;
            return _waiting.GetRange(0, Math.Min(BatchSize, _waiting.Count));
        }
    }

    private void Written(int count)
    {
        lock (_gate)
        {
            _waiting.RemoveRange(0, count);
            if (_waiting.Count == 0 && _waiting.Capacity > BatchSize)
            {
                _waiting = [];
            }
        }
    }

    /// <summary>A sink that took a batch does not get it again because the next one failed.</summary>
    private bool TryWrite(List<AuditRecord> batch)
    {
        try
        {
            for (; _doneSinks < _sinks.Count; _doneSinks++)
            {
                _sinks[_doneSinks].Write(batch);
            }

            _doneSinks = 0;
            return true;
        }
        catch (IOException failure)
        {
            LogNotWritten(failure.Message);
            _health.AuditFails($"audit records cannot be written: {failure.Message}");
            return false;
        }
    }

    [LoggerMessage(1, LogLevel.Error, "Audit records cannot be written: {Why}")]
    private partial void LogNotWritten(string why);
}
