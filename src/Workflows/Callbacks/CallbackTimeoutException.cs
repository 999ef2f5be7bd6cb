using Temporalio.Exceptions;

namespace AugmentedOS.Workflows.Callbacks;

/// <summary>The external system did not reply in time. A later reply is answered as late. Not retried.</summary>
public sealed class CallbackTimeoutException : ApplicationFailureException
{
    /// <summary>The failure's type in history.</summary>
    public const string Type = "aos.CallbackTimeout";

    internal CallbackTimeoutException(string requestId, TimeSpan timeout)
        : base($"There was no reply to request {requestId} within {timeout}.", Type, nonRetryable: true)
    {
    }
}
