namespace AugmentedOS.Engine.Executions.Nexus;

/// <summary>Where a completion callback stands.</summary>
internal enum CompletionCallbackPhase
{
    /// <summary>What it reports has not happened yet, or not to this run of the chain.</summary>
    Standby,

    /// <summary>The call is due or under way.</summary>
    Scheduled,

    /// <summary>An attempt failed; the next one waits.</summary>
    BackingOff,

    /// <summary>Who had to know, knows.</summary>
    Succeeded,

    /// <summary>Refused for good.</summary>
    Failed,
}
