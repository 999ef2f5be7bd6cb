namespace AugmentedOS.Engine.Executions.Nexus;

/// <summary>Where an operation that has not ended stands.</summary>
internal enum NexusOperationPhase
{
    /// <summary>A request to start it is due or under way.</summary>
    Scheduled,

    /// <summary>An attempt failed; the next one waits.</summary>
    BackingOff,

    /// <summary>The handler works on it and will report.</summary>
    Started,
}
