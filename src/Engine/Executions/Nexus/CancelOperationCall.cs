namespace AugmentedOS.Engine.Executions.Nexus;

/// <summary>Asks a handler to cancel an operation that it started.</summary>
internal sealed record CancelOperationCall(RunKey Run, NexusOperation Operation)
    : NexusCall(Run, Operation.ScheduledEventId, Operation.Cancellation!.Attempts);
