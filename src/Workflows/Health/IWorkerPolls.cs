using Temporalio.Api.Enums.V1;

namespace AugmentedOS.Workflows.Health;

/// <summary>Knows who polls.</summary>
internal interface IWorkerPolls
{
    /// <summary>The identities that poll a queue for tasks of a type, or did a short while ago.</summary>
    Task<IReadOnlyCollection<string>> IdentitiesAsync(
        string taskQueue, TaskQueueType type, CancellationToken cancellation);
}
