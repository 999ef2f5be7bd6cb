namespace AugmentedOS.Engine.Clocks;

/// <content>Who may make it skip.</content>
internal sealed partial class SkippingClock
{
    private static readonly TimeSpan Longest = TimeSpan.FromDays(30);

    /// <summary>How many locks there are; below zero while sleeping activities lend their attempts.</summary>
    public int Locks
    {
        get
        {
            lock (_gate)
            {
                return _locks;
            }
        }
    }

    /// <summary>From now on time runs at its own pace, until there are as many unlocks.</summary>
    public void Lock()
    {
        lock (_gate)
        {
            _locks++;
        }
    }

    /// <summary>Takes one lock away. False when there is none to take.</summary>
    /// <remarks>What workers hold locks too, so that an activity may sleep while a test has unlocked time for the
    /// workflow's result: the sleep takes away the lock of its own attempt.</remarks>
    public bool TryUnlock()
    {
        lock (_gate)
        {
            var held = _stillness.Held;
            if (_locks + held.Tasks + held.Attempts + held.Waiting <= 0)
            {
                return false;
            }

            _locks--;
        }

        Look();
        return true;
    }

    /// <summary>Ends when this much time has passed on this clock.</summary>
    public async Task SleepAsync(TimeSpan duration, CancellationToken cancelled)
    {
        if (duration <= TimeSpan.Zero)
        {
            return;
        }

        var over = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var timer = CreateTimer(_ => over.TrySetResult(), null, duration, Timeout.InfiniteTimeSpan);
        using var registration = cancelled.UnsafeRegister(_ => over.TrySetCanceled(cancelled), null);
        await over.Task.ConfigureAwait(false);
    }

    /// <summary>Unlocks, sleeps and locks again; the lock falls the moment the sleep is over, before time can be skipped
    /// further. False when there was no lock to take.</summary>
    public async Task<bool> TrySleepUnlockedAsync(TimeSpan duration, CancellationToken cancelled)
    {
        var over = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var isLocked = 0;
        void LockAgain()
        {
            if (Interlocked.Exchange(ref isLocked, 1) == 0)
            {
                Lock();
            }
        }

        using var timer = CreateTimer(
            _ =>
            {
                LockAgain();
                over.TrySetResult();
            },
            null,
            Timeout.InfiniteTimeSpan,
            Timeout.InfiniteTimeSpan);
        if (!TryUnlockFor(timer, duration))
        {
            return false;
        }

        using var registration = cancelled.UnsafeRegister(_ => over.TrySetCanceled(cancelled), null);
        try
        {
            await over.Task.ConfigureAwait(false);
        }
        finally
        {
            LockAgain();
        }

        return true;
    }

    /// <summary>Unlocks and sets the timer as one: between the two time must not be skipped to another timer.</summary>
    private bool TryUnlockFor(ITimer timer, TimeSpan duration)
    {
        _stillness.Enter();
        try
        {
            return TryUnlock()
                && timer.Change(duration > TimeSpan.Zero ? duration : TimeSpan.Zero, Timeout.InfiniteTimeSpan);
        }
        finally
        {
            _stillness.Leave();
        }
    }

    /// <summary>Whether time may be skipped now.</summary>
    /// <param name="lookAgain">When to ask again if nothing changes meanwhile.</param>
    private bool MaySkip(out TimeSpan lookAgain)
    {
        lookAgain = Longest;
        if (_locks > 0 || _stillness.StillFor is not { } stillFor)
        {
            return false;
        }

        var held = _stillness.Held;
        if (held.Tasks > 0 || held.Attempts + _locks > 0)
        {
            return false;
        }

        if (held.Waiting > 0 && stillFor < WorkerGrace)
        {
            lookAgain = WorkerGrace - stillFor;
            return false;
        }

        return true;
    }
}
