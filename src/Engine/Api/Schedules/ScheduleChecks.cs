using AugmentedOS.Engine.Api.Checks;
using AugmentedOS.Engine.Executions;
using AugmentedOS.Engine.Executions.Starting;
using AugmentedOS.Engine.Executions.Versioning;
using AugmentedOS.Engine.Namespaces;
using AugmentedOS.Engine.Schedules.Spec;
using AugmentedOS.Engine.Visibility;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.Schedule.V1;
using Temporalio.Api.Workflow.V1;
using Temporalio.Api.WorkflowService.V1;

namespace AugmentedOS.Engine.Api.Schedules;

/// <summary>Whether a schedule may be what a request wants it to be, in the order and the words of a Temporal server.
/// </summary>
internal static class ScheduleChecks
{
    /// <summary>What every action's workflow id gets behind it.</summary>
    private const string Suffix = "-2009-11-10T23:00:00Z";

    private const int MaxNotes = 1000;

    public static Rejection? Id(string scheduleId, EngineLimits limits) =>
        Refuse(StartFields.WorkflowId(BuiltInSearchAttributes.ScheduleWorkflowIdPrefix + scheduleId, limits));

    public static Rejection? RequestId(string requestId) => requestId.Length == 0
        ? Rejection.InvalidArgument("RequestId is not set on request.")
        : Lengths.RequestId(requestId);

    public static Rejection? Notes(SchedulePatch? patch) =>
        Lengths.Of(patch?.Pause ?? "") > MaxNotes || Lengths.Of(patch?.Unpause ?? "") > MaxNotes
            ? Rejection.InvalidArgument("Schedule notes exceeds limit.")
            : null;

    public static Rejection? Spec(Schedule schedule, out CompiledSpec spec)
    {
        CompiledSpec.Compile(schedule.Spec ?? new ScheduleSpec()).TryGet(out spec!, out var rejection);
        return spec is null ? rejection : null;
    }

    public static Rejection? Action(NewWorkflowExecutionInfo? action, NamespaceInfo ns, EngineLimits limits)
    {
        if (action is null)
        {
            return null;
        }

        var timeouts = new StartWorkflowExecutionRequest
        {
            WorkflowExecutionTimeout = action.WorkflowExecutionTimeout,
            WorkflowRunTimeout = action.WorkflowRunTimeout,
            WorkflowTaskTimeout = action.WorkflowTaskTimeout,
        };
        return Refuse(
                StartFields.WorkflowId(action.WorkflowId.Length == 0 ? "" : action.WorkflowId + Suffix, limits)
                ?? StartFields.WorkflowType(action.WorkflowType, limits)
                ?? TaskQueue(action, limits)
                ?? StartFields.Timeouts(timeouts)
                ?? Policies(action)
                ?? StartFields.RetryPolicy(action.RetryPolicy)
                ?? VersioningOverrides.Problem(action.VersioningOverride))
            ?? RunSearchAttributes.Check(action.SearchAttributes, ns, limits);
    }

    /// <summary>Of the schedule itself, which has an action.</summary>
    public static Rejection? Sizes(Schedule schedule, Memo? memo, EngineLimits limits)
    {
        if (schedule.Action?.StartWorkflow is not { } action)
        {
            return Rejection.InvalidArgument("Only StartWorkflow action is supported for schedules");
        }

        if (memo?.CalculateSize() > limits.MemoSizeError)
        {
            return Rejection.InvalidArgument("Memo size exceeds limit.");
        }

        return (memo?.CalculateSize() ?? 0) + (action.Input?.CalculateSize() ?? 0) > limits.BlobSizeError
            ? Rejection.InvalidArgument("Blob data size exceeds limit.")
            : null;
    }

    public static SearchAttributes Normalized(SearchAttributes? attributes, NamespaceInfo ns) =>
        SearchAttributeValues.Normalize(attributes, new SearchAttributeCatalog(ns.SearchAttributes));

    private static string? TaskQueue(NewWorkflowExecutionInfo action, EngineLimits limits)
    {
        const string internalPrefix = "temporal-sys-";
        return action.TaskQueue?.Name.StartsWith(internalPrefix, StringComparison.Ordinal) == true
            ? $"cannot use internal per-namespace task queue {action.TaskQueue.Name}"
            : StartFields.TaskQueue(action.TaskQueue, limits);
    }

    private static string? Policies(NewWorkflowExecutionInfo action)
    {
        if (action.CronSchedule.Length > 0)
        {
            return "Scheduled workflow must not contain CronSchedule";
        }

        return action.WorkflowIdReusePolicy is WorkflowIdReusePolicy.Unspecified or WorkflowIdReusePolicy.AllowDuplicate
            ? null
            : "Scheduled workflow must not contain WorkflowIDReusePolicy";
    }

    private static Rejection? Refuse(string? problem) => problem is null ? null : Rejection.InvalidArgument(problem);
}
