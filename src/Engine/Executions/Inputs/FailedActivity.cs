using Temporalio.Api.Failure.V1;

namespace AugmentedOS.Engine.Executions.Inputs;

/// <summary>The reply to a worker whose activity failed.</summary>
/// <param name="Dropped">What of the request was too large to keep.</param>
internal sealed record FailedActivity(IReadOnlyList<Failure> Dropped);
