using Temporalio.Api.Nexus.V1;
using Failure = Temporalio.Api.Failure.V1.Failure;

namespace AugmentedOS.Engine.Nexus.Tasks;

/// <summary>What became of a request that was offered to workers.</summary>
internal abstract record NexusTaskOutcome
{
    /// <summary>A worker handled it.</summary>
    public sealed record Answered(Response Response) : NexusTaskOutcome;

    /// <summary>A worker could not handle it.</summary>
    public sealed record Failed(Failure Failure) : NexusTaskOutcome;

    /// <summary>A worker could not handle it, in the words of an older SDK.</summary>
    public sealed record FailedAsError(HandlerError Error) : NexusTaskOutcome;

    /// <summary>No worker answered in time.</summary>
    public sealed record TimedOut : NexusTaskOutcome
    {
        public static TimedOut Instance { get; } = new();
    }

    /// <summary>It was not even offered.</summary>
    public sealed record Refused(Rejection Rejection) : NexusTaskOutcome;
}
