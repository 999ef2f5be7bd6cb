namespace AugmentedOS.Engine.Executions.Nexus;

/// <summary>Asks a handler to start an operation.</summary>
/// <param name="IsStandalone">Whether no workflow calls it.</param>
internal sealed record StartOperationCall(RunKey Run, NexusOperation Operation, bool IsStandalone = false)
    : NexusCall(Run, Operation.ScheduledEventId, Operation.Attempts);
