namespace AugmentedOS.Engine.Executions.Nexus;

/// <summary>How long a failed request waits for its next attempt: twice as long each time, without end.</summary>
internal static class Backoff
{
    private const int MaxDoublings = 30;

    /// <param name="failedAttempts">How many attempts have failed, at least one.</param>
    public static TimeSpan After(int failedAttempts, TimeSpan first, TimeSpan longest)
    {
        var ticks = first.Ticks * Math.Pow(2, Math.Min(failedAttempts - 1, MaxDoublings));
        return ticks < longest.Ticks ? TimeSpan.FromTicks((long)ticks) : longest;
    }
}
