using System.Globalization;
using AugmentedOS.Engine.Visibility;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.WorkflowService.V1;

namespace AugmentedOS.Engine.Schedules.Acting;

/// <summary>The requests that carry out a schedule's actions.</summary>
internal static class ActionRequests
{
    public static string Identity(ScheduleState schedule, string nsName) => $"temporal-scheduler-{nsName}-{schedule.Id}";

    /// <summary>Made of the action's id and the nominal time.</summary>
    public static string WorkflowId(ScheduleState schedule, BufferedStart start) => string.Create(
        CultureInfo.InvariantCulture,
        $"{schedule.Action.StartWorkflow.WorkflowId}-{start.Nominal.ToDateTimeOffset():yyyy-MM-ddTHH:mm:ss}Z");

    public static StartWorkflowExecutionRequest Start(ScheduleState schedule, BufferedStart start, string nsName)
    {
        var action = schedule.Action.StartWorkflow;
        return new StartWorkflowExecutionRequest
        {
            Namespace = nsName,
            WorkflowId = WorkflowId(schedule, start),
            WorkflowType = action.WorkflowType,
            TaskQueue = action.TaskQueue,
            Input = action.Input,
            WorkflowExecutionTimeout = action.WorkflowExecutionTimeout,
            WorkflowRunTimeout = action.WorkflowRunTimeout,
            WorkflowTaskTimeout = action.WorkflowTaskTimeout,
            Identity = Identity(schedule, nsName),

            // The same each time that it is tried: a start that a crash hid is found again.
            RequestId = string.Create(
                CultureInfo.InvariantCulture, $"sched-{schedule.Incarnation:N}-{start.Sequence}"),
            WorkflowIdReusePolicy = start.IsManual
                ? WorkflowIdReusePolicy.AllowDuplicate
                : WorkflowIdReusePolicy.RejectDuplicate,
            RetryPolicy = action.RetryPolicy,
            Memo = action.Memo,
            SearchAttributes = AttributesOf(schedule, start),
            Header = action.Header,
            UserMetadata = action.UserMetadata,
            VersioningOverride = action.VersioningOverride,
            Priority = action.Priority,
            LastCompletionResult = schedule.LastResult,
            ContinuedFailure = schedule.LastFailure,
        };
    }

    public static TerminateWorkflowExecutionRequest Terminate(
        ScheduleState schedule, StartedAction action, string nsName) => new()
        {
            Namespace = nsName,
            WorkflowExecution = new WorkflowExecution { WorkflowId = action.WorkflowId },
            FirstExecutionRunId = action.FirstRun.ToString(),
            Reason = "terminated by schedule overlap policy",
            Identity = Identity(schedule, nsName),
        };

    public static RequestCancelWorkflowExecutionRequest Cancel(
        ScheduleState schedule, StartedAction action, string nsName) => new()
        {
            Namespace = nsName,
            WorkflowExecution = new WorkflowExecution { WorkflowId = action.WorkflowId },
            FirstExecutionRunId = action.FirstRun.ToString(),
            Reason = "cancelled by schedule overlap policy",
            Identity = Identity(schedule, nsName),
        };

    private static SearchAttributes AttributesOf(ScheduleState schedule, BufferedStart start)
    {
        var attributes = schedule.Action.StartWorkflow.SearchAttributes?.Clone() ?? new SearchAttributes();
        attributes.IndexedFields[BuiltInSearchAttributes.ScheduledStartTime] =
            SearchAttributePayload.Datetime(start.Nominal);
        attributes.IndexedFields[BuiltInSearchAttributes.ScheduledById] = SearchAttributePayload.Keyword(schedule.Id);
        return attributes;
    }
}
