using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.Failure.V1;

namespace AugmentedOS.Engine.Executions.Nexus;

/// <summary>What a request to start an operation came to.</summary>
internal abstract record NexusStartOutcome
{
    /// <summary>The handler had the result at once.</summary>
    public sealed record Completed(Payload Result, IReadOnlyList<Link> Links) : NexusStartOutcome;

    /// <summary>The handler has begun and will report.</summary>
    public sealed record Started(string Token, IReadOnlyList<Link> Links) : NexusStartOutcome;

    /// <summary>The operation itself failed or was canceled.</summary>
    public sealed record Unsuccessful(Failure Failure, bool IsCanceled) : NexusStartOutcome;

    /// <summary>The request was refused, and would be again.</summary>
    public sealed record Refused(Failure Failure) : NexusStartOutcome;

    /// <summary>The request came to nothing, and may do better later.</summary>
    public sealed record Failed(Failure Failure) : NexusStartOutcome;

    /// <summary>There was no time left for a request.</summary>
    public sealed record OutOfTime(TimeoutType Type) : NexusStartOutcome;
}
