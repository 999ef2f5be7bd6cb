using AugmentedOS.Engine.Batch.Inputs;
using AugmentedOS.Engine.Entities;
using AugmentedOS.Engine.Runtime;
using AugmentedOS.Engine.Storage;
using AugmentedOS.Engine.Visibility;
using Grpc.Core;

namespace AugmentedOS.Engine.Batch.Running;

/// <summary>Works through one batch operation: run by run, at its pace, and tells how far it is. It keeps nothing that a
/// crash may not take: the next one begins where progress was recorded last.</summary>
internal sealed class BatchWorker : IThreadPoolWorkItem, IDisposable
{
    private const int MaxDoublings = 6;
    private static readonly TimeSpan FirstRetry = TimeSpan.FromMilliseconds(100);
    private readonly BatchTargets _targets;
    private readonly BatchItems _items;
    private readonly EntityServices _services;
    private readonly BatchPace _pace;
    private readonly EntityHost<BatchState> _host;
    private readonly Action<BatchState> _beginAgain;
    private readonly ITimer _timer;
    private readonly Lock _gate = new();
    private readonly Queue<NumberedRun> _waiting = [];
    private readonly BatchWindow _window;
    private readonly PriorityQueue<Attempt, Instant> _retries = new();
    private BatchState _batch;
    private long _read;
    private long _recorded;
    private int _inFlight;
    private bool _isReading;
    private bool _isRecording;
    private bool _hasReadAll;
    private bool _isOver;
    private Instant? _armedFor;
    private Instant _nextAt;
    private Instant _recordAt;

    /// <param name="beginAgain">Called when another has recorded progress meanwhile: from there another worker takes over.
    /// </param>
    public BatchWorker(
        BatchState batch,
        IJournal journal,
        BatchItems items,
        EntityServices services,
        BatchPace pace,
        EntityHost<BatchState> host,
        Action<BatchState> beginAgain)
    {
        _batch = batch;
        _targets = new BatchTargets(journal, services.Namespaces);
        _items = items;
        _services = services;
        _pace = pace;
        _host = host;
        _beginAgain = beginAgain;
        _window = new BatchWindow(batch.Position);
        _read = batch.Position;
        _recorded = batch.Position;
        _timer = services.Time.CreateTimer(_ => WentOff(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    private Instant Now => Instant.From(_services.Time.GetUtcNow());

    public void Begin() => Move();

    /// <summary>Reads what comes next: on a thread that may wait for the disk.</summary>
    public void Execute()
    {
        try
        {
            if (_batch.Total is null)
            {
                Scope();
            }
            else
            {
                Read();
            }
        }
        catch (JournalException)
        {
            // The disk will be back; the timer looks again.
            lock (_gate)
            {
                _isReading = false;
                ArmFor(Now + BatchPace.Recording);
            }
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _isOver = true;
        }

        _timer.Dispose();
    }

    private void Scope()
    {
        if (!_targets.Count(_batch).TryGet(out var scope, out _))
        {
            _host.Post(new FailBatch(_batch.Key, _batch.Incarnation), static _ => { });
            return;
        }

        _host.Post(new RecordBatchScope(_batch.Key, _batch.Incarnation, scope.Count, scope.Last), outcome =>
        {
            lock (_gate)
            {
                if (!outcome.IsRejected)
                {
                    _batch = _batch with { Total = scope.Count, LastRun = scope.Last };
                }

                _isReading = false;
            }

            Move();
        });
    }

    private void Read()
    {
        if (!_targets.Next(_batch, _read).TryGet(out var page, out _))
        {
            _host.Post(new FailBatch(_batch.Key, _batch.Incarnation), static _ => { });
            return;
        }

        lock (_gate)
        {
            _isReading = false;
            _hasReadAll = page.Count < BatchPace.PageSize;
            foreach (var run in page)
            {
                _waiting.Enqueue(run);
                _read = run.Number;
            }
        }

        Move();
    }

    /// <summary>Does whatever can be done now, and sees to it that it is called again when more can.</summary>
    private void Move()
    {
        while (NextAttempt() is { } attempt)
        {
            _items.Carry(_batch, attempt.Target, outcome => Settled(attempt, outcome));
        }
    }

    private Attempt? NextAttempt()
    {
        lock (_gate)
        {
            if (_isOver)
            {
                return null;
            }

            var now = Now;
            Record(now);
            if (_waiting.Count == 0 && !_hasReadAll && !_isReading)
            {
                _isReading = true;
                _services.Scheduler.Schedule(this);
            }

            if (_inFlight >= _pace.Parallel)
            {
                return null;
            }

            if (now < _nextAt)
            {
                ArmFor(_nextAt);
                return null;
            }

            if (Take(now) is not { } attempt)
            {
                return null;
            }

            _nextAt = now + _pace.GapFor(_batch.Request);
            _inFlight++;
            return attempt;
        }
    }

    private Attempt? Take(Instant now)
    {
        if (_retries.TryPeek(out var retry, out var at))
        {
            if (at <= now)
            {
                return _retries.Dequeue();
            }

            ArmFor(at);
        }

        return _waiting.TryDequeue(out var target) ? new Attempt(target, _window.Begin(target.Number), 1) : null;
    }

    private void Settled(Attempt attempt, Outcome outcome)
    {
        lock (_gate)
        {
            _inFlight--;
            if (Persistent.IsPassing(outcome) && attempt.Number < BatchPace.MaxAttempts)
            {
                var pause = FirstRetry * Math.Pow(2, Math.Min(attempt.Number - 1, MaxDoublings));
                _retries.Enqueue(attempt with { Number = attempt.Number + 1 }, Now + pause);
            }
            else
            {
                // What is not there, or has ended, needs nothing any more.
                var isSuccess = !outcome.IsRejected || outcome.Rejection.Code == StatusCode.NotFound;
                _window.End(attempt.Item, isSuccess);
            }
        }

        Move();
    }

    /// <summary>Tells how far it is, not too often; and at the end that all is done.</summary>
    private void Record(Instant now)
    {
        var isAll = _hasReadAll && _waiting.Count == 0 && _window.IsEmpty;
        if (_isRecording || (!isAll && !_window.HasProgress))
        {
            return;
        }

        if (!isAll && now < _recordAt)
        {
            ArmFor(_recordAt);
            return;
        }

        _isRecording = true;
        _recordAt = now + BatchPace.Recording;
        var (succeeded, failed) = _window.Take();
        var input = new RecordBatchProgress(
            _batch.Key, _batch.Incarnation, _recorded, _window.Position, succeeded, failed, isAll);
        _recorded = _window.Position;
        _host.Post(input, outcome =>
        {
            lock (_gate)
            {
                if (_isOver)
                {
                    return;
                }

                // What was refused failed with a commit: from the state before it the next worker begins.
                _isRecording = isAll || outcome.IsRejected;
            }

            if (outcome.Reply is BatchState actual)
            {
                _beginAgain(actual);
            }
            else
            {
                Move();
            }
        });
    }

    private void WentOff()
    {
        lock (_gate)
        {
            _armedFor = null;
        }

        Move();
    }

    /// <summary>Looks again at the earliest of all times that were asked for.</summary>
    private void ArmFor(Instant at)
    {
        if (_isOver || _armedFor <= at)
        {
            return;
        }

        _armedFor = at;
        var wait = at - Now;
        _timer.Change(
            wait > TimeSpan.Zero ? TimeSpan.FromMilliseconds(Math.Ceiling(wait.TotalMilliseconds)) : TimeSpan.Zero,
            Timeout.InfiniteTimeSpan);
    }

    private sealed record Attempt(NumberedRun Target, BatchWindow.Item Item, int Number);
}
