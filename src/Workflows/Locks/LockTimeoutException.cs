using Temporalio.Exceptions;

namespace AugmentedOS.Workflows.Locks;

/// <summary>A lock was not to be had in time. Nothing is held, and the request is taken back. Not retried.</summary>
public sealed class LockTimeoutException : ApplicationFailureException
{
    /// <summary>The failure's type in history.</summary>
    public const string Type = "aos.LockTimeout";

    internal LockTimeoutException(string resource, TimeSpan timeout)
        : base($"The lock on \"{resource}\" was not to be had within {timeout}: others hold it.", Type,
            nonRetryable: true)
    {
    }
}
