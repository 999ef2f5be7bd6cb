using AugmentedOS.Engine.Api.Checks;
using AugmentedOS.Engine.Executions;
using AugmentedOS.Engine.Namespaces;
using AugmentedOS.Engine.Visibility;
using Google.Protobuf.WellKnownTypes;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.WorkflowService.V1;

namespace AugmentedOS.Engine.Api.Workflows;

/// <summary>Whether a start request may become an input: field by field, in the order of a Temporal server.</summary>
internal sealed class StartChecks(EngineLimits limits, TimeProvider time)
{
    public Rejection? Check(StartWorkflowExecutionRequest request, NamespaceInfo ns) =>
        CheckWorkflowId(request.WorkflowId)
        ?? CheckSchedule(request)
        ?? CheckType(request.WorkflowType)
        ?? TaskQueueCheck.Check(request.TaskQueue)
        ?? CheckTimeouts(request)
        ?? Lengths.RequestId(request.RequestId)
        ?? Lengths.Identity(request.Identity)
        ?? CheckPolicies(request)
        ?? SearchAttributeValues.Check(
            request.SearchAttributes, new SearchAttributeCatalog(ns.SearchAttributes), ns.Name)
        ?? AttachmentChecks.Check(request.Priority)
        ?? AttachmentChecks.Check(request.CompletionCallbacks)
        ?? AttachmentChecks.Check(request.Links)
        ?? AttachmentChecks.Check(request.UserMetadata)
        ?? CheckTimeSkipping(request.TimeSkippingConfig)
        ?? CheckSizes(request);

    /// <summary>Search attributes with their types, as a run keeps and shows them.</summary>
    public static SearchAttributes? Normalize(SearchAttributes? attributes, NamespaceInfo ns) =>
        attributes is { IndexedFields.Count: > 0 }
            ? SearchAttributeValues.Normalize(attributes, new SearchAttributeCatalog(ns.SearchAttributes))
            : attributes;

    private static Rejection? CheckTimeSkipping(TimeSkippingConfig? config) => config is null
        ? null
        : Rejection.Unimplemented("The Time-Skipping feature is not enabled for namespace.");

    private static Rejection? CheckWorkflowId(string workflowId)
    {
        if (workflowId.Length == 0)
        {
            return Rejection.InvalidArgument("WorkflowId is not set on request.");
        }

        return Lengths.Exceeds(workflowId)
            ? Rejection.InvalidArgument(
                $"WorkflowId exceeds maximum allowed length ({Lengths.Of(workflowId)}/{EngineLimits.Default.MaxIdLength})")
            : null;
    }

    private static Rejection? CheckType(WorkflowType? type)
    {
        if (type is null || type.Name.Length == 0)
        {
            return Rejection.InvalidArgument("WorkflowType is not set on request.");
        }

        return Lengths.Check(type.Name, "WorkflowType");
    }

    private static Rejection? CheckTimeouts(StartWorkflowExecutionRequest request) =>
        CheckDuration(request.WorkflowExecutionTimeout, "WorkflowExecutionTimeoutSeconds")
        ?? CheckDuration(request.WorkflowRunTimeout, "WorkflowRunTimeoutSeconds")
        ?? CheckDuration(request.WorkflowTaskTimeout, "WorkflowTaskTimeoutSeconds");

    private static Rejection? CheckDuration(Duration? duration, string field) => duration.Problem() is { } cause
        ? Rejection.InvalidArgument($"An invalid {field} is set on request. cause: {cause}")
        : null;

    private static Rejection? CheckPolicies(StartWorkflowExecutionRequest request)
    {
        if (request.WorkflowIdReusePolicy == WorkflowIdReusePolicy.TerminateIfRunning
            && request.WorkflowIdConflictPolicy != WorkflowIdConflictPolicy.Unspecified)
        {
            return Rejection.InvalidArgument(
                "Invalid WorkflowIDReusePolicy: WORKFLOW_ID_REUSE_POLICY_TERMINATE_IF_RUNNING cannot be used together"
                + " with a WorkflowIDConflictPolicy");
        }

        if (request.WorkflowIdReusePolicy == WorkflowIdReusePolicy.RejectDuplicate
            && request.WorkflowIdConflictPolicy == WorkflowIdConflictPolicy.TerminateExisting)
        {
            return Rejection.InvalidArgument(
                "Invalid WorkflowIDReusePolicy: WORKFLOW_ID_REUSE_POLICY_REJECT_DUPLICATE cannot be used together"
                + " with WorkflowIdConflictPolicy WORKFLOW_ID_CONFLICT_POLICY_TERMINATE_EXISTING");
        }

        return request.OnConflictOptions is { AttachCompletionCallbacks: true, AttachRequestId: false }
            ? Rejection.InvalidArgument("attaching request ID is required for attaching completion callbacks")
            : null;
    }

    private Rejection? CheckSchedule(StartWorkflowExecutionRequest request)
    {
        if (request.RetryPolicy is { } policy
            && RetryPolicies.Validate(RetryPolicies.WithDefaults(policy)) is { } badPolicy)
        {
            return Rejection.InvalidArgument(badPolicy);
        }

        if (CheckDuration(request.WorkflowStartDelay, "WorkflowStartDelaySeconds") is { } badDelay)
        {
            return badDelay;
        }

        if (request.CronSchedule.Length == 0)
        {
            return null;
        }

        if (request.WorkflowStartDelay is not null)
        {
            return Rejection.InvalidArgument("CronSchedule and WorkflowStartDelay may not be used together.");
        }

        return CronSchedules.Validate(request.CronSchedule, Instant.From(time.GetUtcNow())) is { } badCron
            ? Rejection.InvalidArgument(badCron)
            : null;
    }

    private Rejection? CheckSizes(StartWorkflowExecutionRequest request)
    {
        if (BlobCheck.Check(request.Input, limits) is { } tooLarge)
        {
            return tooLarge;
        }

        return request.Memo?.CalculateSize() > limits.MemoSizeError
            ? Rejection.InvalidArgument("Memo size exceeds limit.")
            : null;
    }
}
