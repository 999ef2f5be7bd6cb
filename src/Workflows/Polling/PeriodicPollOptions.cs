namespace AugmentedOS.Workflows.Polling;

/// <summary>How often and for how long a workflow asks an external system.</summary>
public sealed record PeriodicPollOptions
{
    /// <summary>Between the first two questions.</summary>
    public required TimeSpan Interval { get; init; }

    /// <summary>By what the distance grows with each question, 1 or more; the default is 1: it stays.</summary>
    public double Backoff { get; init; } = 1;

    /// <summary>The longest distance; the default is one day.</summary>
    public TimeSpan MaxInterval { get; init; } = TimeSpan.FromDays(1);

    /// <summary>After how long it is given up, all runs together.</summary>
    public required TimeSpan Deadline { get; init; }

    /// <summary>After how many questions the workflow continues as new, 1 or more; the default is 200. It does so earlier when the
    /// server suggests it.</summary>
    public int QuestionsPerRun { get; init; } = 200;

    internal TimeSpan DelayAfter(int asked)
    {
        // The power overflows to infinity after some hundred questions, and the smaller of the two is taken.
        var grown = Interval.TotalSeconds * Math.Pow(Backoff, asked - 1);
        return grown < MaxInterval.TotalSeconds ? TimeSpan.FromSeconds(grown) : MaxInterval;
    }

    internal void Check()
    {
        Require(Interval > TimeSpan.Zero, $"wait for some time between questions, not {Interval}", nameof(Interval));
        Require(Backoff >= 1, $"keep its distance (1) or let it grow, not {Backoff}", nameof(Backoff));
        Require(MaxInterval >= Interval, $"have a longest distance of at least its first, {Interval}, not {MaxInterval}", nameof(MaxInterval));
        Require(Deadline > Interval, $"have more time than its first distance, {Interval}, not {Deadline}", nameof(Deadline));
        Require(QuestionsPerRun >= 1, $"ask at least once in a run, not {QuestionsPerRun} times", nameof(QuestionsPerRun));
    }

    private static void Require(bool holds, string what, string option)
    {
        if (!holds)
        {
            throw new ArgumentException($"A poll has to {what}: set PeriodicPollOptions.{option}.");
        }
    }
}
