using Temporalio.Exceptions;

namespace AugmentedOS.Workflows.Deadlines;

/// <summary>Work was cancelled because its deadline's abort was reached. Fails the workflow when nobody catches it, and
/// is not retried.</summary>
public sealed class DeadlineExceededException : ApplicationFailureException
{
    /// <summary>The failure's type in history.</summary>
    public const string Type = "aos.DeadlineExceeded";

    internal DeadlineExceededException(DeadlineStatus status, Exception cause)
        : base(
            $"The work was aborted after {status.Elapsed}: it had {status.Budget} from {status.StartedAt:u} on, with "
                + $"the abort at {status.AbortAt:u}.",
            cause,
            Type,
            nonRetryable: true) => Status = status;

    /// <summary>The deadline as it was at the abort.</summary>
    public DeadlineStatus Status { get; }
}
