namespace AugmentedOS.Engine.Executions.Nexus;

/// <summary>Where the request to cancel an operation stands.</summary>
internal enum NexusCancellationPhase
{
    /// <summary>The operation has no token yet by which it could be cancelled.</summary>
    AwaitsStart,

    /// <summary>The request is due or under way.</summary>
    Scheduled,

    /// <summary>An attempt failed; the next one waits.</summary>
    BackingOff,

    /// <summary>The handler has taken note.</summary>
    Succeeded,

    /// <summary>The handler refused for good.</summary>
    Failed,
}
