using System.Net;
using AugmentedOS.Workflows.Errors.Reading;
using Temporalio.Exceptions;

namespace AugmentedOS.Workflows.Errors;

/// <summary>What a failure says, read from whatever the SDK, a client or a library threw.</summary>
/// <remarks>A value; reading is pure, so that workflows may branch on it and replay.</remarks>
public sealed record WorkflowError
{
    internal WorkflowError(ErrorKind kind, string code, string message)
    {
        Kind = kind;
        Code = code;
        Message = message;
        IsRetried = kind.Rule().IsRetried;
    }

    /// <summary>What went wrong.</summary>
    public ErrorKind Kind { get; init; }

    /// <summary>The stable word for programs; the kind's name where nobody gave a code.</summary>
    public string Code { get; init; }

    /// <summary>The sentence for operators. It may name systems and hold data: do not show it to users.</summary>
    public string Message { get; init; }

    /// <summary>What a user may read: what was raised for users, else the kind's own sentence. Never
    /// <see cref="Message"/>.</summary>
    public string UserMessage
    {
        get => field ?? (IsCanceled ? "This was stopped before it was done." : Kind.Rule().UserMessage);
        init;
    }

    /// <summary>When to come again, if that is known.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Whether the failure itself allows another attempt. That there is none any more is another matter: its
    /// retry policy may be used up.</summary>
    public bool IsRetried { get; init; }

    /// <summary>Whether somebody stopped it: a cancellation or a termination. It is a <see cref="ErrorKind.Conflict"/>
    /// for callers.
    /// </summary>
    public bool IsCanceled { get; init; }

    /// <summary>The type of the activity that failed first, if it was one.</summary>
    public string? ActivityType { get; init; }

    /// <summary>The innermost child workflow that failed, if it was one.</summary>
    public string? ChildWorkflowId { get; init; }

    /// <summary>The status for an HTTP caller.</summary>
    public HttpStatusCode HttpStatus => Kind.Rule().HttpStatus;

    /// <summary>The code for a gRPC caller.</summary>
    public RpcException.StatusCode GrpcCode => IsCanceled ? RpcException.StatusCode.Cancelled : Kind.Rule().GrpcCode;

    /// <summary>Reads a failure. It always finds a kind; what nobody classified is <see cref="ErrorKind.Transient"/>
    /// with the code <c>unexpected</c>.</summary>
    /// <param name="exception">What was caught: an <see cref="ActivityFailureException"/>, a
    /// <see cref="ChildWorkflowFailureException"/>, a <see cref="WorkflowFailedException"/>, a gRPC or HTTP exception,
    /// any other.</param>
    public static WorkflowError From(Exception exception)
    {
        ArgumentNullException.ThrowIfNull(exception);
        return FailureChain.Read(exception);
    }

    /// <summary>The failure once more, to be thrown on: same kind, code, user's message and time to come again, with
    /// <paramref name="cause"/> behind it.</summary>
    /// <remarks>A stopped step is not thrown on so: let its exception pass, and the workflow ends as
    /// canceled.</remarks>
    public WorkflowErrorException ToException(Exception? cause = null)
    {
        var exception = Fail.Of(Kind, string.IsNullOrWhiteSpace(Message) ? Kind.Rule().Title : Message).WithCode(Code);
        exception = UserMessage == Kind.Rule().UserMessage ? exception : exception.WithUserMessage(UserMessage);
        exception = IsRetried ? exception.Retried() : exception.NotRetried();
        exception = IsRetried && RetryAfter is { } delay ? exception.WithRetryAfter(delay) : exception;
        return cause is null ? exception : exception.WithCause(cause);
    }
}
