using AugmentedOS.Workflows.Errors.Reading;
using Temporalio.Api.Enums.V1;
using Temporalio.Exceptions;

namespace AugmentedOS.Workflows.Errors;

/// <summary>A failure of the taxonomy, to be thrown from activities, workflows, update handlers and validators. Made by
/// <see cref="Fail"/>; each method gives a changed copy.</summary>
/// <remarks>
/// It is the SDK's <see cref="ApplicationFailureException"/> with type, retry flag, category and details as the kind's
/// <see cref="ErrorRule"/> says. On the other side of the wire it is an <see cref="ApplicationFailureException"/>
/// again, in the chain of an <see cref="ActivityFailureException"/> or another: read it there with
/// <see cref="WorkflowError.From"/>.
/// </remarks>
public sealed class WorkflowErrorException : ApplicationFailureException
{
    private readonly State _state;

    internal WorkflowErrorException(ErrorKind kind, string message)
        : this(new State(kind, CheckMessage(message), null, null, null, kind.Rule().IsRetried, null,
            kind.Rule().Category))
    {
    }

    private WorkflowErrorException(State state)
        : base(
            state.Message,
            state.Cause,
            TypeOf(state),
            nonRetryable: !state.IsRetried,
            [new ErrorDetails(state.Code ?? state.Kind.Rule().Name, state.UserMessage)],
            state.RetryAfter,
            state.Category) =>
        _state = state;

    /// <summary>What went wrong.</summary>
    public ErrorKind Kind => _state.Kind;

    /// <summary>The stable word for programs; the kind's name unless <see cref="WithCode"/> was called.</summary>
    public string Code => _state.Code ?? _state.Kind.Rule().Name;

    /// <summary>Says more exactly than the kind what went wrong, for programs: <c>order.unknown</c>.</summary>
    /// <param name="code">Up to 100 letters, digits, <c>.</c>, <c>-</c> and <c>_</c>; keep it for ever, since callers
    /// compare it.</param>
    /// <exception cref="ArgumentException">It is empty, too long or has other characters: put sentences into the
    /// message.</exception>
    public WorkflowErrorException WithCode(string code)
    {
        ArgumentNullException.ThrowIfNull(code);
        if (!ErrorCode.IsValid(code))
        {
            throw new ArgumentException(
                $"\"{code}\" is no error code: use 1 to 100 letters, digits, '.', '-' and '_', as in "
                    + "\"order.unknown\", and put sentences into the message.",
                nameof(code));
        }

        return new(_state with { Code = code });
    }

    /// <summary>Says it to the user. Everything else (message, cause, stack) stays inside the house.</summary>
    /// <param name="text">A sentence without names of systems, without keys and without others' data.</param>
    public WorkflowErrorException WithUserMessage(string text)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(text);
        return new(_state with { UserMessage = text });
    }

    /// <summary>Says when to come again: the next attempt is made then, whatever the retry policy's interval. Asking
    /// for a time is asking for a retry, so it makes a kind that is not retried a retried one.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The time is negative.</exception>
    public WorkflowErrorException WithRetryAfter(TimeSpan delay)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(delay, TimeSpan.Zero);
        return new(_state with { RetryAfter = delay, IsRetried = true });
    }

    /// <summary>Names the exception that it came from. It is in history with its stack trace, and never shown to
    /// users.</summary>
    public WorkflowErrorException WithCause(Exception cause)
    {
        ArgumentNullException.ThrowIfNull(cause);
        return new(_state with { Cause = cause });
    }

    /// <summary>Has it tried again although its kind is not: for a <see cref="ErrorKind.Conflict"/> in an activity that
    /// reads anew before it writes, or a <see cref="ErrorKind.NotFound"/> of what is still on its way.</summary>
    public WorkflowErrorException Retried() => new(_state with { IsRetried = true });

    /// <summary>Has it not tried again although its kind is: for a step that must not be done twice.</summary>
    public WorkflowErrorException NotRetried() => new(_state with { IsRetried = false, RetryAfter = null });

    /// <summary>Marks it as expected: workers log it at debug level and do not count it.</summary>
    public WorkflowErrorException Expected() => new(_state with { Category = ApplicationErrorCategory.Benign });

    private static string TypeOf(State state) => state.Kind.Rule() is var rule && state.IsRetried && !rule.IsRetried
        ? rule.ErrorType + ErrorKinds.RetriedSuffix
        : rule.ErrorType;

    private static string CheckMessage(string message)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(message);
        return message;
    }

    private sealed record State(
        ErrorKind Kind,
        string Message,
        string? Code,
        string? UserMessage,
        TimeSpan? RetryAfter,
        bool IsRetried,
        Exception? Cause,
        ApplicationErrorCategory Category);
}
