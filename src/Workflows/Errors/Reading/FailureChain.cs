using System.Reflection;
using Temporalio.Api.Enums.V1;
using Temporalio.Exceptions;

namespace AugmentedOS.Workflows.Errors.Reading;

/// <summary>Reads the chain of failures that the SDK makes: each workflow and activity that a failure passes puts its
/// own around it, and what happened is innermost.</summary>
internal static class FailureChain
{
    public static WorkflowError Read(Exception exception)
    {
        string? activity = null;
        string? child = null;
        var current = exception;
        while (Wrapped(current) is { } inner)
        {
            activity = (current as ActivityFailureException)?.ActivityType ?? activity;
            child = (current as ChildWorkflowFailureException)?.WorkflowId ?? child;
            current = inner;
        }

        // The chain may end in a wrapper: a failure that came without its cause.
        activity = (current as ActivityFailureException)?.ActivityType ?? activity;
        child = (current as ChildWorkflowFailureException)?.WorkflowId ?? child;
        return ReadInnermost(current) with { ActivityType = activity, ChildWorkflowId = child };
    }

    private static Exception? Wrapped(Exception exception) => exception switch
    {
        ActivityFailureException or ChildWorkflowFailureException or NexusOperationFailureException =>
            exception.InnerException,
        WorkflowFailedException or WorkflowUpdateFailedException => exception.InnerException,
        ActivityFailedException or NexusOperationFailedException => exception.InnerException,
        // A time-out after failed attempts brings the last of them, which says more than that time was up.
        TimeoutFailureException timeout => timeout.InnerException,
        // What a server puts around a failure that it had to cut, as it does with last failures of more than 4 KB.
        FailureException { Failure.ServerFailureInfo: not null } => exception.InnerException,
        AggregateException or TargetInvocationException => exception.InnerException,
        _ => null,
    };

    private static WorkflowError ReadInnermost(Exception exception) => exception switch
    {
        ApplicationFailureException application => ApplicationFailures.Read(application),
        TimeoutFailureException timeout => ReadTimeout(timeout),
        CanceledFailureException => Stopped("canceled", exception.Message),
        TerminatedFailureException => Stopped("terminated", exception.Message),
        WorkflowAlreadyStartedException or ActivityAlreadyStartedException or NexusOperationAlreadyStartedException
            or ScheduleAlreadyRunningException => new(ErrorKind.Conflict, "already-started", exception.Message),
        InvalidWorkflowOperationException => new(ErrorKind.Poisoned, "workflow-code", exception.Message),
        _ => PlainExceptions.Read(exception),
    };

    private static WorkflowError ReadTimeout(TimeoutFailureException timeout) => timeout.TimeoutType switch
    {
        // Nobody took the task: its workers are down, or do not serve this queue.
        TimeoutType.ScheduleToStart => new(ErrorKind.DependencyDown, "timeout.schedule-to-start", timeout.Message),
        TimeoutType.StartToClose => new(ErrorKind.Transient, "timeout.start-to-close", timeout.Message),
        TimeoutType.ScheduleToClose => new(ErrorKind.Transient, "timeout.schedule-to-close", timeout.Message),
        TimeoutType.Heartbeat => new(ErrorKind.Transient, "timeout.heartbeat", timeout.Message),
        _ => new(ErrorKind.Transient, "timeout", timeout.Message),
    };

    internal static WorkflowError Stopped(string code, string message) =>
        new(ErrorKind.Conflict, code, message) { IsCanceled = true };
}
