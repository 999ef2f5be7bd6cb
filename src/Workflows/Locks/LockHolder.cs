namespace AugmentedOS.Workflows.Locks;

/// <summary>Who holds a resource now.</summary>
/// <param name="Request">What was asked for.</param>
/// <param name="FencingToken">Higher than that of every holder before.</param>
/// <param name="ExpiresAt">When it is freed unless the holder gives a sign of life before (UTC).</param>
public sealed record LockHolder(LockRequest Request, long FencingToken, DateTime ExpiresAt);
