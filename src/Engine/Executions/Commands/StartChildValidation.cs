using AugmentedOS.Engine.Visibility;
using Google.Protobuf.WellKnownTypes;
using Temporalio.Api.Command.V1;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;

namespace AugmentedOS.Engine.Executions.Commands;

/// <summary>What a workflow may ask of a child, checked before anything is written.</summary>
internal static class StartChildValidation
{
    private const string Name = "StartChildWorkflowExecutionCommand";
    private const WorkflowTaskFailedCause Cause = WorkflowTaskFailedCause.BadStartChildExecutionAttributes;

    public static CommandFailure? Check(CommandBatch batch, StartChildWorkflowExecutionCommandAttributes? attributes)
    {
        if (attributes is null)
        {
            return Bad($"StartChildWorkflowExecutionCommandAttributes is not set on {Name}.");
        }

        return CheckNames(batch, attributes)
            ?? CheckTimeouts(attributes)
            ?? CheckPolicies(batch, attributes)
            ?? CheckSearchAttributes(batch, attributes)
            ?? CheckPriority(attributes.Priority)
            ?? CheckQueue(batch, attributes)
            ?? CheckSizes(batch, attributes)
            ?? CheckPending(batch);
    }

    private static CommandFailure? CheckNames(
        CommandBatch batch, StartChildWorkflowExecutionCommandAttributes attributes)
    {
        var type = attributes.WorkflowType?.Name ?? "";
        var (id, ns, limit) = (attributes.WorkflowId, attributes.Namespace, batch.Context.Limits.MaxIdLength);
        if (new CommandTarget(Name, Cause, ns, id, "").CheckNamespace(batch) is { } elsewhere)
        {
            return elsewhere;
        }

        if (id.Length == 0)
        {
            return Bad($"Required field WorkflowId is not set on {Name}. WorkflowType={type} Namespace={ns}");
        }

        if (type.Length == 0)
        {
            return Bad($"Required field WorkflowType is not set on {Name}. WorkflowId={id} Namespace={ns}");
        }

        var idLength = Utf8Length.Of(id);
        if (idLength > limit)
        {
            return Bad($"WorkflowId on {Name} exceeds length limit. WorkflowId={id} Length={idLength} Limit={limit} "
                + $"WorkflowType={type} Namespace={ns}");
        }

        var typeLength = Utf8Length.Of(type);
        return typeLength > limit
            ? Bad($"WorkflowType on {Name} exceeds length limit. WorkflowId={id} WorkflowType={type} "
                + $"Length={typeLength} Limit={limit} Namespace={ns}")
            : null;
    }

    private static CommandFailure? CheckTimeouts(StartChildWorkflowExecutionCommandAttributes attributes)
    {
        return Check("WorkflowExecutionTimeout", attributes.WorkflowExecutionTimeout)
            ?? Check("WorkflowRunTimeout", attributes.WorkflowRunTimeout)
            ?? Check("WorkflowTaskTimeout", attributes.WorkflowTaskTimeout);

        CommandFailure? Check(string field, Duration? timeout) => timeout.Problem() is { } problem
            ? Bad($"Invalid {field} on {Name}: {problem}. {Ids(attributes)}")
            : null;
    }

    private static CommandFailure? CheckPolicies(
        CommandBatch batch, StartChildWorkflowExecutionCommandAttributes attributes)
    {
        if (attributes.RetryPolicy is { } policy
            && RetryPolicies.Validate(RetryPolicies.WithDefaults(policy)) is { } badPolicy)
        {
            return Bad($"invalid WorkflowRetryPolicy on {Name}: {badPolicy}. {Ids(attributes)}");
        }

        return CronSchedules.Validate(attributes.CronSchedule, batch.Context.Now) is { } badSchedule
            ? Bad($"invalid CronSchedule on {Name}: {badSchedule}. {Ids(attributes)}")
            : null;
    }

    private static CommandFailure? CheckSearchAttributes(
        CommandBatch batch, StartChildWorkflowExecutionCommandAttributes attributes)
    {
        if (attributes.SearchAttributes is null
            || !batch.Context.Namespaces.TryFind(batch.State.Key.Namespace, out var ns))
        {
            return null;
        }

        var catalog = new SearchAttributeCatalog(ns.SearchAttributes);
        return SearchAttributeValues.Check(
            attributes.SearchAttributes, catalog, ns.Name, RunSearchAttributes.LimitsOf(batch.Context.Limits)) is { } refusal
            ? new CommandFailure(
                WorkflowTaskFailedCause.BadSearchAttributes,
                $"invalid SearchAttributes on StartChildWorkflowCommand: {refusal.Message}. {Ids(attributes)}")
            : null;
    }

    private static CommandFailure? CheckPriority(Priority? priority) =>
        PriorityRules.Validate(priority) is { } problem ? Bad(problem) : null;

    private static CommandFailure? CheckQueue(
        CommandBatch batch, StartChildWorkflowExecutionCommandAttributes attributes)
    {
        var queue = attributes.TaskQueue?.Name ?? "";
        var problem = queue.Length == 0 ? null : TaskQueueNames.Problem(queue, batch.Context.Limits);
        return problem is null
            ? null
            : Bad($"invalid TaskQueue on {Name}: {problem}. {Ids(attributes)} TaskQueue={queue}");
    }

    /// <summary>Too much payload cannot be mended by another try, so that the parent ends.</summary>
    private static CommandFailure? CheckSizes(
        CommandBatch batch, StartChildWorkflowExecutionCommandAttributes attributes)
    {
        if (attributes.Input?.CalculateSize() > batch.Context.Limits.BlobSizeError)
        {
            // The space is a Temporal server's own.
            return TooLarge("StartChildWorkflowExecutionCommandAttributes. Input exceeds size limit.");
        }

        return attributes.Memo?.CalculateSize() > batch.Context.Limits.MemoSizeError
            ? TooLarge("StartChildWorkflowExecutionCommandAttributes.Memo exceeds size limit.")
            : null;
    }

    private static CommandFailure? CheckPending(CommandBatch batch)
    {
        var (pending, limit) = (batch.State.Children.Count, batch.Context.Limits.MaxPendingChildren);
        return pending >= limit
            ? new CommandFailure(
                WorkflowTaskFailedCause.PendingChildWorkflowsLimitExceeded,
                $"the number of pending child workflow executions, {pending}, has reached the per-workflow limit of "
                + $"{limit}")
            : null;
    }

    private static string Ids(StartChildWorkflowExecutionCommandAttributes attributes) =>
        $"WorkflowId={attributes.WorkflowId} WorkflowType={attributes.WorkflowType.Name} "
        + $"Namespace={attributes.Namespace}";

    private static CommandFailure Bad(string message) => new(Cause, message);

    private static CommandFailure TooLarge(string message) => new(Cause, message, TerminatesRun: true);
}
