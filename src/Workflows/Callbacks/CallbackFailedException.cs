using Temporalio.Exceptions;

namespace AugmentedOS.Workflows.Callbacks;

/// <summary>The external system replied that it could not do what it was asked for. Not retried.</summary>
public sealed class CallbackFailedException : ApplicationFailureException
{
    /// <summary>The failure's type in history.</summary>
    public const string Type = "aos.CallbackFailed";

    internal CallbackFailedException(string reason)
        : base(reason, Type, nonRetryable: true)
    {
    }
}
