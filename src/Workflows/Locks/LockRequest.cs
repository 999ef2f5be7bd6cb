namespace AugmentedOS.Workflows.Locks;

/// <summary>One workflow's wish to hold a resource: what it sends to the lock's workflow.</summary>
/// <param name="Resource">What is locked.</param>
/// <param name="RequestId">Unique for each acquisition: a repeated request is one request.</param>
/// <param name="WorkflowId">Who asks.</param>
/// <param name="FirstRunId">The first run of the asking workflow's chain: it keeps the lock over
/// continue-as-new.</param>
/// <param name="Capacity">How many may hold it.</param>
/// <param name="Lease">How long it is held without a sign of life.</param>
public sealed record LockRequest(
    string Resource, string RequestId, string WorkflowId, string FirstRunId, int Capacity, TimeSpan Lease);
