namespace AugmentedOS.Workflows.Errors;

/// <summary>Raises failures of the taxonomy:
/// <c>throw Fail.NotFound($"no order {id} in the shop").WithCode("order.unknown").WithUserMessage("We do not know this
/// order.");</c>
/// </summary>
/// <remarks>Messages are for operators: they are in history and logs, and are not shown to users. Safe inside
/// workflows.</remarks>
public static class Fail
{
    /// <summary>The caller has to correct what was asked for. Not retried.</summary>
    public static WorkflowErrorException InvalidInput(string message) => new(ErrorKind.InvalidInput, message);

    /// <summary>A rule of the business forbids it. Not retried.</summary>
    public static WorkflowErrorException BusinessRule(string message) => new(ErrorKind.BusinessRule, message);

    /// <summary>It met another state than it was made for. Not retried, since the same request would meet the same
    /// state: decide in the workflow, or say <see cref="WorkflowErrorException.Retried"/> where the activity reads
    /// before it writes.</summary>
    public static WorkflowErrorException Conflict(string message) => new(ErrorKind.Conflict, message);

    /// <summary>What it is about does not exist. Not retried.</summary>
    public static WorkflowErrorException NotFound(string message) => new(ErrorKind.NotFound, message);

    /// <summary>The caller is not known or may not do it. Not retried: an operator has to renew something.</summary>
    public static WorkflowErrorException Unauthorized(string message) => new(ErrorKind.Unauthorized, message);

    /// <summary>The same attempt may succeed a moment later. Retried.</summary>
    public static WorkflowErrorException Transient(string message) => new(ErrorKind.Transient, message);

    /// <summary>There were too many calls. Retried by the retry policy's interval.</summary>
    public static WorkflowErrorException Throttled(string message) => new(ErrorKind.Throttled, message);

    /// <summary>There were too many calls. Retried after <paramref name="retryAfter"/>.</summary>
    public static WorkflowErrorException Throttled(string message, TimeSpan retryAfter) =>
        Throttled(message).WithRetryAfter(retryAfter);

    /// <summary>A dependency cannot be reached. Retried.</summary>
    public static WorkflowErrorException DependencyDown(string message) => new(ErrorKind.DependencyDown, message);

    /// <summary>It cannot be processed however often it is tried. Not retried: it waits in the parking lot for a
    /// person.</summary>
    public static WorkflowErrorException Poisoned(string message) => new(ErrorKind.Poisoned, message);

    /// <summary>A failure of a kind that is known at run time only.</summary>
    public static WorkflowErrorException Of(ErrorKind kind, string message) => new(kind, message);
}
