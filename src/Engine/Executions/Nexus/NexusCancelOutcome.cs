using Temporalio.Api.Failure.V1;

namespace AugmentedOS.Engine.Executions.Nexus;

/// <summary>What a request to cancel an operation came to.</summary>
/// <param name="Failure">Null when the handler took note.</param>
/// <param name="IsRetried">Whether a failed request may do better later.</param>
internal sealed record NexusCancelOutcome(Failure? Failure, bool IsRetried = false)
{
    public static NexusCancelOutcome Noted { get; } = new(Failure: null);
}
