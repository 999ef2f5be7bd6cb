namespace AugmentedOS.Workflows.FanOuts;

/// <summary>How many items of a fan-out may fail for good before the rest is cancelled and it fails as a
/// whole.</summary>
public sealed class FanOutFailures
{
    private readonly Func<int, int> _tolerated;
    private readonly string _text;

    private FanOutFailures(Func<int, int> tolerated, string text) => (_tolerated, _text) = (tolerated, text);

    /// <summary>None: the first failure cancels the rest.</summary>
    public static FanOutFailures FailFast { get; } = new(_ => 0, "none may fail");

    /// <summary>All of them: each item is tried, and the caller looks at what failed.</summary>
    public static FanOutFailures Collect { get; } = new(total => total, "all may fail");

    /// <summary>Up to this many.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is negative.</exception>
    public static FanOutFailures UpTo(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        return new(_ => count, $"{count} may fail");
    }

    /// <summary>Up to this share of all items, rounded down: 0.1 of 25 items are two.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The share is not between 0 and 1.</exception>
    public static FanOutFailures UpToShare(double share)
    {
        if (share is not (>= 0 and <= 1))
        {
            throw new ArgumentOutOfRangeException(
                nameof(share), share,
                "The share of items that may fail is between 0 (none) and 1 (all): 0.1 for ten percent.");
        }

        return new(total => (int)Math.Floor(share * total), $"{share:0.##%} may fail");
    }

    /// <inheritdoc/>
    public override string ToString() => _text;

    internal int Tolerated(int total) => _tolerated(total);
}
