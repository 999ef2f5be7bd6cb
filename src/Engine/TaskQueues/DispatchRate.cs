namespace AugmentedOS.Engine.TaskQueues;

/// <summary>A token bucket: so many tasks a second, with a burst of about one second's worth. Guarded by its queue's
/// lock.</summary>
internal sealed class DispatchRate
{
    private double _tokens;
    private TimeSpan _filledAt;

    /// <summary>Tasks a second; null means no limit, 0 stops dispatch.</summary>
    public double? PerSecond { get; private set; }

    private double Burst => Math.Max(1, Math.Ceiling(PerSecond ?? 0));

    /// <summary>The last one who says a rate wins. A limit that was not there before begins with a full burst.</summary>
    public void Set(double? perSecond, TimeSpan now)
    {
        if (perSecond == PerSecond)
        {
            return;
        }

        Fill(now);
        var begins = PerSecond is null;
        PerSecond = perSecond is < 0 or double.NaN ? 0 : perSecond;
        _filledAt = now;
        _tokens = begins ? Burst : Math.Min(_tokens, Burst);
    }

    public bool TryTake(TimeSpan now)
    {
        if (PerSecond is not { } rate)
        {
            return true;
        }

        Fill(now);
        if (rate == 0 || _tokens < 1)
        {
            return false;
        }

        _tokens--;
        return true;
    }

    /// <summary>A token was taken for a task that turned out to be none.</summary>
    public void GiveBack()
    {
        if (PerSecond is not null)
        {
            _tokens = Math.Min(_tokens + 1, Burst);
        }
    }

    /// <summary>Whether its whole burst is there, as if it had never been used.</summary>
    public bool IsRested(TimeSpan now)
    {
        Fill(now);
        return _tokens >= Burst;
    }

    /// <summary>Whether a task would have to wait now.</summary>
    public bool Holds(TimeSpan now)
    {
        if (PerSecond is not { } rate)
        {
            return false;
        }

        Fill(now);
        return rate == 0 || _tokens < 1;
    }

    /// <summary>How long until the next token; null when there will be none.</summary>
    public TimeSpan? UntilNext(TimeSpan now)
    {
        Fill(now);
        return PerSecond switch
        {
            null => TimeSpan.Zero,
            0 => null,
            { } rate => _tokens >= 1 ? TimeSpan.Zero : Wait((1 - _tokens) / rate),
        };
    }

    /// <summary>Rounded up to what timers can count, so that the token is there when the timer rings.</summary>
    private static TimeSpan Wait(double seconds) =>
        TimeSpan.FromMilliseconds(Math.Ceiling(Math.Min(seconds, TimeSpan.SecondsPerDay) * 1000) + 1);

    private void Fill(TimeSpan now)
    {
        if (PerSecond is { } rate && now > _filledAt)
        {
            _tokens = Math.Min(Burst, _tokens + ((now - _filledAt).TotalSeconds * rate));
            _filledAt = now;
        }
    }
}
