namespace AugmentedOS.Engine.Tests.Simulation;

/// <summary>What the engine has said yes to: none of it may ever be missing.</summary>
internal sealed class Acknowledged
{
    public HashSet<RunKey> Starts { get; } = [];

    /// <summary>Signals by request id.</summary>
    public Dictionary<string, WorkflowKey> Signals { get; } = [];

    /// <summary>Markers in completed workflow tasks, each with a name of its own.</summary>
    public Dictionary<string, RunKey> Markers { get; } = [];

    /// <summary>Activities whose success was taken, by run and SCHEDULED event.</summary>
    public HashSet<(RunKey Run, long ScheduledEventId)> Activities { get; } = [];

    public HashSet<RunKey> Terminations { get; } = [];

    public AcknowledgedUpdates Updates { get; } = new();

    /// <summary>Schedules that were created and not deleted since.</summary>
    public HashSet<AugmentedOS.Engine.Entities.EntityKey> Schedules { get; } = [];

    public HashSet<AugmentedOS.Engine.Entities.EntityKey> Batches { get; } = [];

    /// <summary>Ends of Nexus operations that were taken, by the token of the callback.</summary>
    public HashSet<string> NexusCompletions { get; } = [];
}
