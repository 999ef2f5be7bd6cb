namespace AugmentedOS.Engine.Entities;

/// <summary>The kinds of entities. The numbers are in files: one is never used again for something else.</summary>
internal enum EntityKind
{
    Schedule = 1,
    BatchOperation = 2,
    WorkerDeployment = 3,
    NexusEndpoint = 4,
    TaskQueueConfiguration = 5,
}
