namespace AugmentedOS.Workflows.Entities;

/// <summary>How an <see cref="Entity{TState}"/> keeps its history short and what it remembers.</summary>
public sealed record EntityOptions
{
    /// <summary>After how many messages it continues as new, 1 or more; the default is 500. It does so earlier when the server
    /// suggests it.</summary>
    public int MessagesPerRun { get; init; } = 500;

    /// <summary>After how long without a message it continues as new, when there was one in this run; null for never. The default is one
    /// day: what is idle has a history of a few events.</summary>
    public TimeSpan? IdleAfter { get; init; } = TimeSpan.FromDays(1);

    /// <summary>How many ids of messages are remembered, 0 or more; the default is 1,000. A message that is repeated after that many others is
    /// handled again. They are handed on from run to run: a thousand ids of 36 characters are about 40 kB.</summary>
    public int RememberedMessages { get; init; } = 1_000;

    internal void Check()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(MessagesPerRun, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(RememberedMessages);
        if (IdleAfter is { } idle)
        {
            ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(idle, TimeSpan.Zero);
        }
    }
}
