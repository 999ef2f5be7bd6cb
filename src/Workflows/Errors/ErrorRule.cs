using System.Net;
using Temporalio.Api.Enums.V1;
using Temporalio.Exceptions;

namespace AugmentedOS.Workflows.Errors;

/// <summary>What an <see cref="ErrorKind"/> means everywhere: one line of <see cref="ErrorKinds.All"/>.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Name">The kind as a word for machines, <c>not-found</c>: in problem types, trailers and as the default
/// code.</param>
/// <param name="ErrorType">The type of the failure in history, <c>aos.NotFound</c>: the same in every language, and
/// what a retry policy's non-retryable types name.</param>
/// <param name="IsRetried">Whether an activity that fails so is tried again, as its retry policy allows.</param>
/// <param name="Category"><see cref="ApplicationErrorCategory.Benign"/> where the failure is an expected answer:
/// workers log it at debug level and do not count it as an activity's failure.</param>
/// <param name="HttpStatus">The status that an HTTP caller gets.</param>
/// <param name="GrpcCode">The code that a gRPC caller gets.</param>
/// <param name="Title">A few words for people, the same for each occurrence (RFC 9457's <c>title</c>).</param>
/// <param name="UserMessage">What a user reads when whoever raised the error said nothing for users.</param>
/// <param name="Advice">What an operator does about a workflow that failed so.</param>
public sealed record ErrorRule(
    ErrorKind Kind,
    string Name,
    string ErrorType,
    bool IsRetried,
    ApplicationErrorCategory Category,
    HttpStatusCode HttpStatus,
    RpcException.StatusCode GrpcCode,
    string Title,
    string UserMessage,
    string Advice);
