namespace AugmentedOS.Workflows.Locks;

/// <summary>What the lock's workflow tells one that asked: it holds the lock now, or does no more.</summary>
/// <param name="RequestId">Which request.</param>
/// <param name="FencingToken">The holder's number; 0 when the lock is lost.</param>
public sealed record LockGrant(string RequestId, long FencingToken)
{
    /// <summary>The signal that carries it.</summary>
    public const string SignalName = "aos.lock";
}
