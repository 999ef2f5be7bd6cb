using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;
using System.Net;
using Temporalio.Api.Enums.V1;
using static Temporalio.Exceptions.RpcException;

namespace AugmentedOS.Workflows.Errors;

/// <summary>The table of kinds, and the ways into it from error types, HTTP statuses and gRPC codes. Safe inside
/// workflows.
/// </summary>
public static class ErrorKinds
{
    /// <summary>What the type of each failure of the taxonomy begins with.</summary>
    public const string TypePrefix = "aos.";

    /// <summary>What the type of a failure ends with that is retried against its kind: retry policies that name the kind's own type as
    /// one that is never retried must not find it.</summary>
    internal const string RetriedSuffix = ".Retried";

    private const ApplicationErrorCategory Benign = ApplicationErrorCategory.Benign;
    private const ApplicationErrorCategory Alarming = ApplicationErrorCategory.Unspecified;

    /// <summary>Each kind's line, in the order of <see cref="ErrorKind"/>.</summary>
    public static IReadOnlyList<ErrorRule> All { get; } =
    [
        Rule(
            ErrorKind.InvalidInput, "invalid-input", isRetried: false, Benign, HttpStatusCode.BadRequest,
            StatusCode.InvalidArgument,
            "Invalid input",
            "Something in the request is not right. Please correct it and try again.",
            "Correct the input and start the workflow again: a retry with the same input fails the same way."),
        Rule(
            ErrorKind.BusinessRule, "business-rule", isRetried: false, Benign, HttpStatusCode.UnprocessableEntity,
            StatusCode.FailedPrecondition,
            "Not possible under the rules",
            "This is not possible under the rules that apply.",
            "Nothing is broken: tell whoever asked. Retry once the rule is met (cover, stock, an opened period)."),
        Rule(
            ErrorKind.Conflict, "conflict", isRetried: false, Benign, HttpStatusCode.Conflict, StatusCode.Aborted,
            "Conflict",
            "This has changed in the meantime or exists already. Please look at it again before you repeat the "
            + "request.",
            "Look at what is there now. Retry only if this workflow's change is still wanted."),
        Rule(
            ErrorKind.NotFound, "not-found", isRetried: false, Benign, HttpStatusCode.NotFound, StatusCode.NotFound,
            "Not found",
            "What you asked for does not exist, or does no more.",
            "Find out whether it was deleted or never arrived. Retry once it is there."),
        Rule(
            ErrorKind.Unauthorized, "unauthorized", isRetried: false, Alarming, HttpStatusCode.Forbidden,
            StatusCode.PermissionDenied,
            "Not allowed",
            "This is not allowed.",
            "Renew the key, token or permission that the worker uses for this dependency, then retry."),
        Rule(
            ErrorKind.Transient, "transient", isRetried: true, Alarming, HttpStatusCode.ServiceUnavailable,
            StatusCode.Unavailable,
            "Did not work this time",
            "This did not work just now. Please try again in a moment.",
            "Its attempts were used up. Retry; if that fails as well, look at the last failure's cause."),
        Rule(
            ErrorKind.Throttled, "throttled", isRetried: true, Benign, HttpStatusCode.TooManyRequests,
            StatusCode.ResourceExhausted,
            "Too many requests",
            "Too many requests at once. Please try again a little later.",
            "Retry when the dependency's limit leaves room, a few at a time; limit the rate of calls if it comes "
            + "again."),
        Rule(
            ErrorKind.DependencyDown, "dependency-down", isRetried: true, Alarming, HttpStatusCode.ServiceUnavailable,
            StatusCode.Unavailable,
            "A needed service is down",
            "A service that is needed for this cannot be reached now. Please try again later.",
            "Wait until the dependency answers again, then retry all that it stopped."),
        Rule(
            ErrorKind.Poisoned, "poisoned", isRetried: false, Alarming, HttpStatusCode.InternalServerError,
            StatusCode.Internal,
            "Could not be processed",
            "This could not be processed. A person has to look at it.",
            "Mend the data or the code, deploy, then retry: until then each attempt fails the same way."),
    ];

    private static readonly FrozenDictionary<string, ErrorRule> ByType =
        All.ToFrozenDictionary(rule => rule.ErrorType, StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, ErrorRule> ByName =
        All.ToFrozenDictionary(rule => rule.Name, StringComparer.Ordinal);

    /// <summary>The types of failures that are never retried, for a retry policy's
    /// <see cref="Temporalio.Common.RetryPolicy.NonRetryableErrorTypes"/>: it then holds for workers of other languages
    /// too, which may raise the type without the flag.</summary>
    public static IReadOnlyCollection<string> NonRetryableTypes { get; } =
        [.. All.Where(rule => !rule.IsRetried).Select(rule => rule.ErrorType)];

    /// <summary>The kind's line of the table.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is none of the enumeration's.</exception>
    public static ErrorRule Rule(this ErrorKind kind) => (int)kind >= 0 && (int)kind < All.Count
        ? All[(int)kind]
        : throw new ArgumentOutOfRangeException(
            nameof(kind), kind,
            $"There is no such kind of error; the kinds are {string.Join(", ", All.Select(rule => rule.Kind))}.");

    /// <summary>The kind of a failure's type, <c>aos.NotFound</c>, or <c>aos.NotFound.Retried</c> where it is retried against its
    /// kind.</summary>
    public static bool TryFromErrorType(string? errorType, [NotNullWhen(true)] out ErrorRule? rule)
    {
        var type = errorType ?? "";
        return ByType.TryGetValue(
            type.EndsWith(RetriedSuffix, StringComparison.Ordinal) ? type[..^RetriedSuffix.Length] : type, out rule);
    }

    /// <summary>The kind of its word for machines, <c>not-found</c>.</summary>
    public static bool TryFromName(string? name, [NotNullWhen(true)] out ErrorRule? rule) =>
        ByName.TryGetValue(name ?? "", out rule);

    /// <summary>What an HTTP status of 400 and above says (RFC 9110, RFC 6585).</summary>
    /// <remarks>Statuses that are not known count as their class does: 4xx as <see cref="ErrorKind.InvalidInput"/>, all
    /// others as <see cref="ErrorKind.Transient"/>.</remarks>
    public static ErrorKind FromHttpStatus(int status) => status switch
    {
        401 or 403 or 407 or 511 => ErrorKind.Unauthorized,
        402 or 422 or 451 => ErrorKind.BusinessRule,
        404 or 410 => ErrorKind.NotFound,
        409 or 412 or 423 or 428 => ErrorKind.Conflict,
        408 or 421 or 425 => ErrorKind.Transient,
        429 => ErrorKind.Throttled,
        // A method or a version that the other side does not have is a defect of the caller: no input will make it
        // work.
        405 or 406 or 415 or 426 or 501 or 505 => ErrorKind.Poisoned,
        502 or 503 or 507 => ErrorKind.DependencyDown,
        >= 400 and < 500 => ErrorKind.InvalidInput,
        _ => ErrorKind.Transient,
    };

    /// <summary>What a gRPC status code says (grpc/doc/statuscodes.md).</summary>
    /// <param name="code">The code; codes that do not exist count as <c>UNKNOWN</c>, as gRPC asks for.</param>
    public static ErrorKind FromGrpcCode(int code) => (StatusCode)code switch
    {
        StatusCode.InvalidArgument or StatusCode.OutOfRange => ErrorKind.InvalidInput,
        StatusCode.FailedPrecondition => ErrorKind.BusinessRule,
        StatusCode.AlreadyExists or StatusCode.Aborted or StatusCode.Cancelled => ErrorKind.Conflict,
        StatusCode.NotFound => ErrorKind.NotFound,
        StatusCode.PermissionDenied or StatusCode.Unauthenticated => ErrorKind.Unauthorized,
        StatusCode.ResourceExhausted => ErrorKind.Throttled,
        StatusCode.Unavailable => ErrorKind.DependencyDown,
        StatusCode.Unimplemented or StatusCode.DataLoss => ErrorKind.Poisoned,
        _ => ErrorKind.Transient,
    };

    private static ErrorRule Rule(
        ErrorKind kind,
        string name,
        bool isRetried,
        ApplicationErrorCategory category,
        HttpStatusCode http,
        StatusCode grpc,
        string title,
        string userMessage,
        string advice) =>
        new(kind, name, $"{TypePrefix}{kind}", isRetried, category, http, grpc, title, userMessage, advice);
}
