using Temporalio.Api.Failure.V1;
using Temporalio.Api.Update.V1;

namespace AugmentedOS.Engine.Executions.Updates;

/// <summary>What a caller may be told of an update.</summary>
internal abstract record UpdateProgress
{
    private UpdateProgress()
    {
    }

    /// <summary>No worker has answered yet.</summary>
    internal sealed record Admitted : UpdateProgress
    {
        public static Admitted Instance { get; } = new();
    }

    internal sealed record Accepted : UpdateProgress
    {
        public static Accepted Instance { get; } = new();
    }

    /// <summary>Over, with a result or a failure; a rejection is such a failure too.</summary>
    internal sealed record Completed(Outcome Outcome) : UpdateProgress
    {
        public static Completed Failed(Failure failure) => new(new Outcome { Failure = failure });
    }

    /// <summary>Over: the outcome is in the COMPLETED event with this id.</summary>
    internal sealed record CompletedAt(long EventId) : UpdateProgress;

    /// <summary>It came to nothing.</summary>
    internal sealed record Aborted(Rejection Rejection) : UpdateProgress;
}
