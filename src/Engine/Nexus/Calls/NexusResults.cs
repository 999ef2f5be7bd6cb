using AugmentedOS.Engine.Executions;
using AugmentedOS.Engine.Executions.Nexus;
using AugmentedOS.Engine.Nexus.Tasks;
using AugmentedOS.Engine.Nexus.Wire;
using Temporalio.Api.Nexus.V1;
using Failure = Temporalio.Api.Failure.V1.Failure;

namespace AugmentedOS.Engine.Nexus.Calls;

/// <summary>What a worker's answer means for the operation that asked.</summary>
internal static class NexusResults
{
    private const string Canceled = "canceled";

    public static NexusStartOutcome OfStart(NexusTaskOutcome outcome, EngineLimits limits) =>
        outcome is NexusTaskOutcome.Answered answered
            ? OfStart(answered.Response.StartOperation, limits)
            : OfFailure(FailureOf(outcome));

    public static NexusCancelOutcome OfCancel(NexusTaskOutcome outcome)
    {
        if (outcome is NexusTaskOutcome.Answered)
        {
            return NexusCancelOutcome.Noted;
        }

        var failure = FailureOf(outcome);
        return new NexusCancelOutcome(failure, NexusFailures.IsRetryable(failure.NexusHandlerFailureInfo));
    }

    /// <summary>A handler's failure to handle a request: for good, or until the next attempt.</summary>
    public static NexusStartOutcome OfFailure(Failure failure) =>
        failure.NexusHandlerFailureInfo is { } info && !NexusFailures.IsRetryable(info)
            ? new NexusStartOutcome.Refused(failure)
            : new NexusStartOutcome.Failed(failure);

    /// <summary>Checks what a handler answered, wherever it is.</summary>
    public static NexusStartOutcome WithinLimits(NexusStartOutcome outcome, EngineLimits limits) => outcome switch
    {
        NexusStartOutcome.Started { Token: var token } when Utf8Length.Of(token) > limits.MaxNexusTokenLength =>
            new NexusStartOutcome.Refused(NexusFailures.OfCall(
                "invalid operation token: length exceeds allowed limit "
                    + $"({Utf8Length.Of(token)}/{limits.MaxNexusTokenLength})",
                isRetried: false)),
        NexusStartOutcome.Completed { Result: var result } when result.CalculateSize() > limits.BlobSizeError =>
            new NexusStartOutcome.Refused(NexusFailures.OfCall("http: response body too large", isRetried: false)),
        _ => outcome,
    };

    private static NexusStartOutcome OfStart(StartOperationResponse? response, EngineLimits limits)
    {
        switch (response?.VariantCase)
        {
            case StartOperationResponse.VariantOneofCase.SyncSuccess:
                return WithinLimits(
                    new NexusStartOutcome.Completed(
                        response.SyncSuccess.Payload ?? NullPayload.Instance,
                        NexusLinks.FromWire(response.SyncSuccess.Links)),
                    limits);
            case StartOperationResponse.VariantOneofCase.AsyncSuccess:
                return WithinLimits(
                    new NexusStartOutcome.Started(
                        TokenOf(response.AsyncSuccess), NexusLinks.FromWire(response.AsyncSuccess.Links)),
                    limits);
            case StartOperationResponse.VariantOneofCase.Failure:
                return new NexusStartOutcome.Unsuccessful(
                    response.Failure, response.Failure.CanceledFailureInfo is not null);
#pragma warning disable CS0612 // Older SDKs answer with it.
            case StartOperationResponse.VariantOneofCase.OperationError:
                return new NexusStartOutcome.Unsuccessful(
                    FailureConversion.ToTemporalOrMalformed(
                        response.OperationError.Failure ?? new Temporalio.Api.Nexus.V1.Failure()),
                    response.OperationError.OperationState == Canceled);
#pragma warning restore CS0612
            default:
                return new NexusStartOutcome.Failed(
                    NexusFailures.OfHandler(HandlerErrorType.Internal, "empty outcome"));
        }
    }

    public static string TokenOf(StartOperationResponse.Types.Async started)
    {
#pragma warning disable CS0612 // Older SDKs set only this one.
        return started.OperationToken.Length > 0 ? started.OperationToken : started.OperationId;
#pragma warning restore CS0612
    }

    /// <summary>Why a request was not handled. It always says so as a handler would.</summary>
    public static Failure FailureOf(NexusTaskOutcome outcome) => outcome switch
    {
        NexusTaskOutcome.Failed failed => WithoutSource(failed.Failure),
        NexusTaskOutcome.FailedAsError { Error: var error } => FailureOf(error),
        NexusTaskOutcome.TimedOut => NexusFailures.OfHandler(HandlerErrorType.UpstreamTimeout, "upstream timeout"),
        NexusTaskOutcome.Refused refused =>
            NexusFailures.OfHandler(HandlerErrorType.ResourceExhausted, refused.Rejection.Message),
        _ => NexusFailures.OfHandler(HandlerErrorType.Internal, "empty outcome"),
    };

    private static Failure FailureOf(HandlerError error)
    {
        var failure = NexusFailures.OfHandler(error.ErrorType, "", error.RetryBehavior);
#pragma warning disable CS0612 // Older SDKs answer with it.
        failure.Cause = FailureConversion.ToTemporalOrMalformed(error.Failure ?? new Temporalio.Api.Nexus.V1.Failure());
#pragma warning restore CS0612
        return failure;
    }

    /// <summary>The protocol has no place for the source of a handler's error.</summary>
    private static Failure WithoutSource(Failure failure)
    {
        var kept = failure.Clone();
        kept.Source = "";
        return kept;
    }
}
