namespace AugmentedOS.Workflows.ParkingLot;

/// <summary>How failed workflows are retried.</summary>
public sealed record RetryOptions
{
    /// <summary>Where each goes back to.</summary>
    public RetryFrom From { get; init; }

    /// <summary>Who retries and why, for the history of the new run.</summary>
    public string Reason { get; init; } = "retried from the parking lot";

    /// <summary>How many are reset a second, so that a dependency that has just come back is not run over; above
    /// 0.</summary>
    public double PerSecond { get; init; } = 20;

    /// <summary>How many are reset at the same time; 1 to 100.</summary>
    public int Concurrency { get; init; } = 5;

    internal void Check()
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(Reason);
        if (!(PerSecond is > 0 and <= 10_000))
        {
            throw new ArgumentOutOfRangeException(
                nameof(PerSecond), PerSecond, "Say how many workflows are retried a second: above 0, at most 10,000.");
        }

        if (Concurrency is < 1 or > 100)
        {
            throw new ArgumentOutOfRangeException(
                nameof(Concurrency), Concurrency, "Say how many workflows are retried at the same time: 1 to 100.");
        }
    }
}
