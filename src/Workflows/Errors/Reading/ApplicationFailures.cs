using System.Text.Json;
using Temporalio.Api.Enums.V1;
using Temporalio.Exceptions;

namespace AugmentedOS.Workflows.Errors.Reading;

/// <summary>Reads what was raised on purpose, by us or by others.</summary>
internal static class ApplicationFailures
{
    public static WorkflowError Read(ApplicationFailureException failure)
    {
        if (ErrorKinds.TryFromErrorType(failure.ErrorType, out var rule))
        {
            return ReadOurs(failure, rule);
        }

        // A wrapper that says nothing itself: the workflow's "order failed" around the activity's failure.
        if (KnownExceptions.KindOf(failure.ErrorType) is not { } known)
        {
            return failure.InnerException is FailureException inner
                ? WrapperOf(failure, FailureChain.Read(inner))
                : ReadUnknown(failure);
        }

        return WithRetries(failure, new(known, KnownExceptions.CodeOf(failure.ErrorType!), failure.Message));
    }

    private static WorkflowError ReadOurs(ApplicationFailureException failure, ErrorRule rule)
    {
        var details = Details(failure);
        var error = WithRetries(failure, new(rule.Kind, ErrorCode.From(details?.Code, rule.Name), failure.Message));
        return string.IsNullOrWhiteSpace(details?.UserMessage)
            ? error
            : error with { UserMessage = details.UserMessage };
    }

    /// <summary>A type that is the product's own, or none. That it is not to be retried is all that is known of it: an
    /// expected one is a rule of the business, any other needs a person.</summary>
    private static WorkflowError ReadUnknown(ApplicationFailureException failure)
    {
        var kind = (failure.NonRetryable, failure.Category) switch
        {
            (true, ApplicationErrorCategory.Benign) => ErrorKind.BusinessRule,
            (true, _) => ErrorKind.Poisoned,
            (false, _) => ErrorKind.Transient,
        };
        return WithRetries(failure, new(kind, ErrorCode.From(failure.ErrorType, "unexpected"), failure.Message));
    }

    private static WorkflowError WrapperOf(ApplicationFailureException failure, WorkflowError inner) => inner with
    {
        Message = failure.Message.Length == 0 ? inner.Message : $"{failure.Message}: {inner.Message}",
        IsRetried = inner.IsRetried && !failure.NonRetryable,
    };

    private static WorkflowError WithRetries(ApplicationFailureException failure, WorkflowError error) =>
        error with { IsRetried = !failure.NonRetryable, RetryAfter = failure.NextRetryDelay };

    private static ErrorDetails? Details(ApplicationFailureException failure)
    {
        if (failure.Details.Count == 0)
        {
            return null;
        }

        try
        {
            return failure.Details.ElementAt<ErrorDetails?>(0);
        }
        catch (Exception unreadable) when (
            unreadable is JsonException or ArgumentException or InvalidCastException or NotSupportedException
                or InvalidOperationException)
        {
            // Somebody used our type with other details, or in another encoding: kind and message are still worth to be
            // read.
            return null;
        }
    }
}
