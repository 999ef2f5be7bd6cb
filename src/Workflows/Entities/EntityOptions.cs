namespace AugmentedOS.Workflows.Entities;

/// <summary>How an <see cref="Entity{TState}"/> keeps its history short, what it remembers and when it ends by itself.</summary>
public sealed record EntityOptions
{
    /// <summary>After how many messages it continues as new, 1 or more; the default is 500. It does so earlier when the server
    /// suggests it.</summary>
    public int MessagesPerRun { get; init; } = 500;

    /// <summary>After how long without a message it continues as new, when there was one in this run; null for never. The default is one
    /// day: what is idle has a history of a few events.</summary>
    public TimeSpan? IdleAfter { get; init; } = TimeSpan.FromDays(1);

    /// <summary>After how long without a message it ends by itself, all runs together; null, the default, for never. See
    /// <see cref="Entity{TState}.IsExpired"/>.</summary>
    public TimeSpan? EndAfter { get; init; }

    /// <summary>How many ids of messages are remembered, 0 or more; the default is 1,000. A message that is repeated after that many others is
    /// handled again. They are handed on from run to run: a thousand ids of 36 characters are about 40 kB.</summary>
    public int RememberedMessages { get; init; } = 1_000;

    /// <summary>How large state and ids may be together when they are handed on, in bytes before compression and encryption; the
    /// default is 1,500,000. A server takes payloads of 2 MB and ends a workflow that hands on a larger one; so above this the workflow's
    /// task fails instead, which loses nothing and is tried again until the code is mended.</summary>
    public int MaxSnapshotBytes { get; init; } = 1_500_000;

    internal void Check()
    {
        Require(MessagesPerRun >= 1, $"handle at least one message in a run, not {MessagesPerRun}", nameof(MessagesPerRun));
        Require(
            RememberedMessages >= 0, $"remember no ids (0) or some, not {RememberedMessages}", nameof(RememberedMessages));
        Require(
            IdleAfter is not { } idle || idle > TimeSpan.Zero,
            $"be idle for some time before it continues as new, not {IdleAfter} (null for never)",
            nameof(IdleAfter));
        Require(
            EndAfter is not { } end || end > TimeSpan.Zero,
            $"be idle for some time before it ends by itself, not {EndAfter} (null for never)",
            nameof(EndAfter));
        Require(MaxSnapshotBytes >= 1, $"have room for its snapshot, not {MaxSnapshotBytes} bytes", nameof(MaxSnapshotBytes));
    }

    private static void Require(bool holds, string what, string option)
    {
        if (!holds)
        {
            throw new ArgumentException($"An entity has to {what}: set EntityOptions.{option}.");
        }
    }
}
