namespace AugmentedOS.Engine.Executions;

/// <summary>When a run times out.</summary>
internal static class RunExpiry
{
    /// <summary>The run timeout counts from the end of the first backoff; the execution timeout is absolute.</summary>
    public static Instant? Of(RunState state)
    {
        var run = state.Timeouts.Run;
        Instant? expiry = run > TimeSpan.Zero ? state.FirstTaskAt + run : null;
        if (ExecutionExpiry(state) is { } execution && (expiry is null || execution < expiry))
        {
            expiry = execution;
        }

        return expiry;
    }

    /// <summary>When the whole chain times out; null when never.</summary>
    public static Instant? ExecutionExpiry(RunState state) => state.Origin is { } reset
        ? reset.ExecutionExpiresAt
        : ExpiryOf(state);

    private static Instant? ExpiryOf(RunState state) =>
        state.Started.WorkflowExecutionExpirationTime is { Seconds: > 0 } expiration ? Instant.From(expiration) : null;
}
