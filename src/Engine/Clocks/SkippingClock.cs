using AugmentedOS.Engine.Runtime;

namespace AugmentedOS.Engine.Clocks;

/// <summary>
/// A clock that runs as the machine's does and, when it may and nothing is under way, jumps to its earliest timer.
/// </summary>
/// <remarks>
/// It may while its lock count is zero. The count begins at one unless it is made unlocked; a sleep that unlocks may
/// take it below zero, which lends the clock the attempt of the activity that sleeps: see <see cref="MaySkip"/>.
/// All work of the clock runs on one thread at a time, never under anybody's lock.
/// </remarks>
internal sealed partial class SkippingClock : TimeProvider, IThreadPoolWorkItem, IDisposable
{
    /// <summary>How long nothing must have happened before time is skipped over tasks that wait for a worker: a worker
    /// that is just starting, or between two polls, gets them in their own time.</summary>
    public static readonly TimeSpan WorkerGrace = TimeSpan.FromSeconds(2);

    private readonly Lock _gate = new();
    private readonly TimeProvider _machine;
    private readonly Stillness _stillness;
    private readonly IWorkScheduler _scheduler;
    private readonly SortedSet<SkippedTimer> _timers = [];
    private readonly ITimer _alarm;
    private long _offset;
    private long _timersMade;
    private int _locks;
    private int _looks;
    private bool _isDisposed;

    public SkippingClock(TimeProvider machine, Stillness stillness, IWorkScheduler scheduler, bool isLocked)
    {
        _machine = machine;
        _stillness = stillness;
        _scheduler = scheduler;
        _locks = isLocked ? 1 : 0;
        _alarm = machine.CreateTimer(_ => Look(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        stillness.Changed += Look;
    }

    public override TimeZoneInfo LocalTimeZone => _machine.LocalTimeZone;

    public override long TimestampFrequency => _machine.TimestampFrequency;

    /// <summary>How much time was skipped so far.</summary>
    public TimeSpan Skipped => new(Interlocked.Read(ref _offset));

    public override DateTimeOffset GetUtcNow() => _machine.GetUtcNow() + Skipped;

    /// <summary>For how long something takes on this machine: skips do not count.</summary>
    public override long GetTimestamp() => _machine.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new SkippedTimer(this, callback, state, Interlocked.Increment(ref _timersMade));
        timer.Change(dueTime, period);
        return timer;
    }

    public void Execute()
    {
        while (true)
        {
            var seen = Volatile.Read(ref _looks);
            List<SkippedTimer> due;
            lock (_gate)
            {
                due = Next();
            }

            if (due.Count == 0)
            {
                if (Interlocked.CompareExchange(ref _looks, 0, seen) == seen)
                {
                    return;
                }

                continue;
            }

            // What the timers set going is under way before anybody looks again.
            _stillness.Enter();
            try
            {
                due.ForEach(timer => timer.Ring());
            }
            finally
            {
                _stillness.Leave();
            }
        }
    }

    public void Dispose()
    {
        _stillness.Changed -= Look;
        lock (_gate)
        {
            _isDisposed = true;
            _timers.Clear();
        }

        _alarm.Dispose();
    }

    internal bool Set(SkippedTimer timer, TimeSpan dueTime, TimeSpan period)
    {
        lock (_gate)
        {
            _timers.Remove(timer);
            if (_isDisposed || timer.IsDisposed)
            {
                return false;
            }

            timer.Period = period;
            if (dueTime == Timeout.InfiniteTimeSpan)
            {
                return true;
            }

            timer.Due = Later(Now(), dueTime);
            _timers.Add(timer);
        }

        Look();
        return true;
    }

    internal void Remove(SkippedTimer timer)
    {
        lock (_gate)
        {
            timer.IsDisposed = true;
            _timers.Remove(timer);
        }
    }

    private static long Later(long now, TimeSpan span) =>
        span.Ticks > DateTime.MaxValue.Ticks - now ? DateTime.MaxValue.Ticks : now + span.Ticks;

    private long Now() => GetUtcNow().UtcTicks;

    private void Look()
    {
        if (Interlocked.Increment(ref _looks) == 1)
        {
            _scheduler.Schedule(this);
        }
    }

    /// <summary>The timers that are due now, after a skip if need be; when there are none, the alarm is set.</summary>
    private List<SkippedTimer> Next()
    {
        var now = Now();
        if (_timers.Min is not { } first || _isDisposed)
        {
            return [];
        }

        if (first.Due > now)
        {
            if (!MaySkip(out var lookAgain))
            {
                SetAlarm(new TimeSpan(first.Due - now), lookAgain);
                return [];
            }

            Interlocked.Add(ref _offset, first.Due - now);
            now = first.Due;
        }

        return TakeDue(now);
    }

    private List<SkippedTimer> TakeDue(long now)
    {
        var due = new List<SkippedTimer>();
        while (_timers.Min is { } timer && timer.Due <= now)
        {
            _timers.Remove(timer);
            due.Add(timer);
            if (timer.Period > TimeSpan.Zero)
            {
                timer.Due = Later(now, timer.Period);
                _timers.Add(timer);
            }
        }

        return due;
    }

    private void SetAlarm(TimeSpan untilDue, TimeSpan lookAgain)
    {
        // Timers ring a fraction early at times, and take no more than some 49 days.
        var wait = untilDue < lookAgain ? untilDue : lookAgain;
        _alarm.Change(TimeSpan.FromMilliseconds(Math.Ceiling(wait.TotalMilliseconds)), Timeout.InfiniteTimeSpan);
    }
}
