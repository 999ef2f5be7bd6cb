using System.Threading.RateLimiting;

namespace AugmentedOS.Workflows.Resilience;

/// <summary>How a worker process protects a dependency, and itself from it. Each process has its own state: ten workers
/// with a limit of 10 calls a second make up to 100.</summary>
public sealed class DependencyOptions
{
    /// <summary>Whether there is a circuit breaker. It counts failures that say something about the dependency's health
    /// (<see cref="Errors.ErrorKind.Transient"/>, <see cref="Errors.ErrorKind.DependencyDown"/>), not refusals of a
    /// request.</summary>
    public bool HasBreaker { get; set; } = true;

    /// <summary>The part of calls, above 0 and up to 1, that has to fail to open the circuit.</summary>
    public double FailureRatio { get; set; } = 0.5;

    /// <summary>The calls that there must be within <see cref="Sampling"/> before their ratio counts; at least
    /// 2.</summary>
    public int MinimumCalls { get; set; } = 10;

    /// <summary>The time over which calls are counted; 500 ms to a day.</summary>
    public TimeSpan Sampling { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long an open circuit lets nothing through, before one call tries; 500 ms to a day.</summary>
    public TimeSpan Break { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>The longest time that is added at random to the delay of those that were refused, so that they do not
    /// all come back in the moment in which one may try; zero or more.</summary>
    public TimeSpan Spread { get; set; } = TimeSpan.FromSeconds(3);

    /// <summary>How many calls are allowed in each <see cref="Window"/>; null for no limit.</summary>
    public int? Calls { get; set; }

    /// <summary>The time for which <see cref="Calls"/> are allowed.</summary>
    public TimeSpan Window { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>How many calls may be under way at the same time; null for no limit.</summary>
    public int? Concurrency { get; set; }

    /// <summary>Makes a limiter of one's own in the place of <see cref="Calls"/>: one that is shared between processes,
    /// one with a sliding window. It is disposed with <see cref="Dependencies"/>.</summary>
    public Func<RateLimiter>? Limiter { get; set; }

    /// <summary>Activities, by their type's name, that depend on it without saying so by
    /// <see cref="DependencyAttribute"/>: those of a library.</summary>
    public ISet<string> Activities { get; } = new HashSet<string>(StringComparer.Ordinal);

    /// <summary>What is wrong with the options of a dependency, or null.</summary>
    internal string? Fault() => this switch
    {
        { FailureRatio: not (> 0 and <= 1) } =>
            $"its failure ratio is {FailureRatio}; it has to be above 0 and at most 1, as 0.5 for half of the calls",
        { MinimumCalls: < 2 } => $"its minimum of calls is {MinimumCalls}; it takes at least 2 to speak of a ratio",
        _ when !IsDuration(Sampling) => $"its sampling time is {Sampling}; it has to be between 500 ms and a day",
        _ when !IsDuration(Break) => $"its break is {Break}; it has to be between 500 ms and a day",
        _ when Spread < TimeSpan.Zero => $"its spread is {Spread}; it has to be zero or more",
        { Calls: < 1 } => $"it allows {Calls} calls; allow at least 1, or set null for no limit",
        { Calls: not null, Limiter: not null } =>
            "it has both Calls and Limiter; a limiter takes the place of Calls: set one of them",
        { Concurrency: < 1 } =>
            $"it allows {Concurrency} calls at the same time; allow at least 1, or set null for no limit",
        _ when Window <= TimeSpan.Zero => $"its window is {Window}; it has to be longer than zero",
        _ => null,
    };

    private static bool IsDuration(TimeSpan time) =>
        time >= TimeSpan.FromMilliseconds(500) && time <= TimeSpan.FromDays(1);
}
