using AugmentedOS.Engine.Executions.Nexus;
using AugmentedOS.Engine.Nexus.Wire;
using Temporalio.Api.Enums.V1;
using Failure = Temporalio.Api.Failure.V1.Failure;

namespace AugmentedOS.Engine.Nexus.Calls;

/// <summary>What a handler elsewhere answers when it does not do what it was asked.</summary>
internal static class HttpFailures
{
    private const string Failed = "failed";
    private const string Canceled = "canceled";

    /// <summary>The operation failed or was canceled; null when the answer does not say which.</summary>
    public static NexusStartOutcome? OfOperation(NexusHttpResponse response)
    {
        if (!response.IsJson || WireFailure.FromJson(response.Body) is not { } wire)
        {
            return null;
        }

        var state = response.Header(NexusHeaderNames.OperationState);
        if (wire.Metadata.GetValueOrDefault(FailureConversion.TypeKey, "") != FailureConversion.OperationErrorKind)
        {
            // What is under the wrapper that Temporal adds is what the operation failed with.
            return state is Failed or Canceled
                ? new NexusStartOutcome.Unsuccessful(FailureConversion.ToTemporalOrMalformed(wire), state == Canceled)
                : null;
        }

        var failure = FailureConversion.ToTemporalOrMalformed(FailureConversion.Unwrap(wire));
        var isCanceled = state == Canceled
            || FailureConversion.ToTemporalOrMalformed(wire).CanceledFailureInfo is not null;
        return new NexusStartOutcome.Unsuccessful(failure, isCanceled);
    }

    /// <summary>The request was not handled: what the answer says, or what its status stands for.</summary>
    public static Failure OfHandler(NexusHttpResponse response)
    {
        Failure? cause = null;
        if (response.IsJson && WireFailure.FromJson(response.Body) is { } wire)
        {
            cause = FailureConversion.ToTemporalOrMalformed(wire);
            if (cause.NexusHandlerFailureInfo is not null)
            {
                return cause;
            }
        }

        if (HandlerErrorStatus.TypeOf(response.Status) is not { } type)
        {
            return NexusFailures.OfCall($"unexpected response status: \"{response.Status}\"", isRetried: true);
        }

        var failure = NexusFailures.OfHandler(type, "", response.Header(NexusHeaderNames.Retryable) switch
        {
            "true" => NexusHandlerErrorRetryBehavior.Retryable,
            "false" => NexusHandlerErrorRetryBehavior.NonRetryable,
            _ => NexusHandlerErrorRetryBehavior.Unspecified,
        });
        failure.Cause = cause;
        return failure;
    }
}
