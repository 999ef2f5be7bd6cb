namespace AugmentedOS.Engine.Executions.Nexus;

/// <summary>Asks a handler to start an operation.</summary>
internal sealed record StartOperationCall(RunKey Run, NexusOperation Operation)
    : NexusCall(Run, Operation.ScheduledEventId, Operation.Attempts);
