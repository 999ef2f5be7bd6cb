using Temporalio.Api.Nexus.V1;

namespace AugmentedOS.Engine.Nexus.Tasks;

/// <summary>A request that a worker is asked to handle. In memory only: whoever asked asks again.</summary>
/// <param name="Id">By which the worker's answer finds back.</param>
/// <param name="Deadline">When nobody waits for the answer any more.</param>
internal sealed record NexusTask(string Id, NamespaceId Namespace, Request Request, Instant Deadline);
