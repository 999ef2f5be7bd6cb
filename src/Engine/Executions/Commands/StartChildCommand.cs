using AugmentedOS.Engine.Executions.Starting;
using AugmentedOS.Engine.Visibility;
using Temporalio.Api.Command.V1;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.History.V1;
using Temporalio.Api.TaskQueue.V1;

namespace AugmentedOS.Engine.Executions.Commands;

/// <summary>Starts a child workflow. Whether it could be started is told by a later event.</summary>
internal static class StartChildCommand
{
    public static CommandFailure? Apply(CommandBatch batch, Command command)
    {
        var attributes = command.StartChildWorkflowExecutionCommandAttributes;
        if (StartChildValidation.Check(batch, attributes) is { } failure)
        {
            return failure;
        }

        batch.Draft.Record(EventType.StartChildWorkflowExecutionInitiated, e =>
        {
            e.StartChildWorkflowExecutionInitiatedEventAttributes = Initiated(batch, attributes);
            e.UserMetadata = command.UserMetadata;
        });
        return null;
    }

    /// <summary>The command with its defaults filled in: what the child will get is on record here.</summary>
    private static StartChildWorkflowExecutionInitiatedEventAttributes Initiated(
        CommandBatch batch, StartChildWorkflowExecutionCommandAttributes attributes)
    {
        var timeouts = StartTimeouts.Resolve(
            attributes.WorkflowExecutionTimeout.OrZero(),
            attributes.WorkflowRunTimeout.OrZero(),
            attributes.WorkflowTaskTimeout.OrZero(),
            batch.Context.Limits);
        var initiated = new StartChildWorkflowExecutionInitiatedEventAttributes
        {
            WorkflowTaskCompletedEventId = batch.CompletedEventId,
            Namespace = CommandTarget.OwnNamespace(batch),
            NamespaceId = batch.State.Key.Namespace.ToString(),
            WorkflowId = attributes.WorkflowId,
            WorkflowType = attributes.WorkflowType,
            TaskQueue = QueueOf(batch, attributes),
            Header = attributes.Header,
            Input = attributes.Input,
            WorkflowExecutionTimeout = StartTimeouts.Stated(attributes.WorkflowExecutionTimeout, timeouts.Execution),
            WorkflowRunTimeout = timeouts.Run.ToProto(),
            WorkflowTaskTimeout = timeouts.Task.ToProto(),
            Control = attributes.Control,
            WorkflowIdReusePolicy = attributes.WorkflowIdReusePolicy == WorkflowIdReusePolicy.Unspecified
                ? WorkflowIdReusePolicy.AllowDuplicate
                : attributes.WorkflowIdReusePolicy,
            RetryPolicy = attributes.RetryPolicy is null ? null : RetryPolicies.WithDefaults(attributes.RetryPolicy),
            CronSchedule = attributes.CronSchedule,
            Memo = WithoutNulls(attributes.Memo),
            SearchAttributes = Typed(batch, attributes.SearchAttributes),
            ParentClosePolicy = attributes.ParentClosePolicy == ParentClosePolicy.Unspecified
                ? ParentClosePolicy.Terminate
                : attributes.ParentClosePolicy,
            VersioningOverride = attributes.VersioningOverride,
            Priority = attributes.Priority,
        };
        batch.State.Time?.PassOn(initiated);
        return initiated;
    }

    private static TaskQueue QueueOf(CommandBatch batch, StartChildWorkflowExecutionCommandAttributes attributes) =>
        new()
        {
            Name = attributes.TaskQueue is { Name.Length: > 0 } own ? own.Name : batch.State.Started.TaskQueue.Name,
            Kind = TaskQueueKind.Normal,
        };

    private static Memo? WithoutNulls(Memo? memo)
    {
        if (memo is null || !memo.Fields.Values.Any(NullPayloads.IsNull))
        {
            return memo;
        }

        var kept = new Memo();
        kept.Fields.Add(memo.Fields.Where(field => !NullPayloads.IsNull(field.Value)).ToDictionary());
        return kept;
    }

    private static SearchAttributes? Typed(CommandBatch batch, SearchAttributes? attributes) =>
        attributes is null || !batch.Context.Namespaces.TryFind(batch.State.Key.Namespace, out var ns)
            ? attributes
            : SearchAttributeValues.Normalize(attributes, new SearchAttributeCatalog(ns.SearchAttributes));
}
