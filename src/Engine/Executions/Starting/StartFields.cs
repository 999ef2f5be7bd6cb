using Google.Protobuf.WellKnownTypes;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.Sdk.V1;
using Temporalio.Api.TaskQueue.V1;
using Temporalio.Api.WorkflowService.V1;

namespace AugmentedOS.Engine.Executions.Starting;

/// <summary>What is wrong with each field of a start request, word for word; null when nothing is.</summary>
internal static class StartFields
{
    public static string? WorkflowId(string id, EngineLimits limits)
    {
        if (id.Length == 0)
        {
            return "WorkflowId is not set on request.";
        }

        var length = Utf8Length.Of(id);
        return length > limits.MaxIdLength
            ? $"WorkflowId exceeds maximum allowed length ({length}/{limits.MaxIdLength})"
            : null;
    }

    public static string? RetryPolicy(RetryPolicy? policy) =>
        policy is null ? null : RetryPolicies.Validate(RetryPolicies.WithDefaults(policy));

    public static string? StartDelay(StartWorkflowExecutionRequest request)
    {
        if (request.CronSchedule.Length > 0 && request.WorkflowStartDelay is not null)
        {
            return "CronSchedule and WorkflowStartDelay may not be used together.";
        }

        return Duration(request.WorkflowStartDelay, "WorkflowStartDelaySeconds");
    }

    public static string? WorkflowType(WorkflowType? type, EngineLimits limits)
    {
        if (type is null or { Name.Length: 0 })
        {
            return "WorkflowType is not set on request.";
        }

        return Utf8Length.Of(type.Name) > limits.MaxIdLength ? "WorkflowType length exceeds limit." : null;
    }

    public static string? TaskQueue(TaskQueue? queue, EngineLimits limits) =>
        queue is null ? "taskQueue is not set" : TaskQueueNames.Problem(queue.Name, limits);

    public static string? Timeouts(StartWorkflowExecutionRequest request) =>
        Duration(request.WorkflowExecutionTimeout, "WorkflowExecutionTimeoutSeconds")
        ?? Duration(request.WorkflowRunTimeout, "WorkflowRunTimeoutSeconds")
        ?? Duration(request.WorkflowTaskTimeout, "WorkflowTaskTimeoutSeconds");

    public static string? RequestId(string id, EngineLimits limits) =>
        Utf8Length.Of(id) > limits.MaxIdLength ? "RequestId length exceeds limit." : null;

    public static string? Policies(StartWorkflowExecutionRequest request)
    {
        const string invalid = "Invalid WorkflowIDReusePolicy: WORKFLOW_ID_REUSE_POLICY_";
        // Old clients still send it.
        if (request.WorkflowIdReusePolicy == WorkflowIdReusePolicy.TerminateIfRunning
            && request.WorkflowIdConflictPolicy != WorkflowIdConflictPolicy.Unspecified)
        {
            return invalid + "TERMINATE_IF_RUNNING cannot be used together with a WorkflowIDConflictPolicy";
        }

        return request.WorkflowIdReusePolicy == WorkflowIdReusePolicy.RejectDuplicate
            && request.WorkflowIdConflictPolicy == WorkflowIdConflictPolicy.TerminateExisting
                ? invalid + "REJECT_DUPLICATE cannot be used together with WorkflowIdConflictPolicy "
                    + "WORKFLOW_ID_CONFLICT_POLICY_TERMINATE_EXISTING"
                : null;
    }

    public static string? ConflictOptions(Temporalio.Api.Workflow.V1.OnConflictOptions? options) =>
        options is { AttachCompletionCallbacks: true, AttachRequestId: false }
            ? "attaching request ID is required for attaching completion callbacks"
            : null;

    public static string? UserMetadata(UserMetadata? metadata, EngineLimits limits) =>
        Oversize("summary", metadata?.Summary, limits.MaxSummarySize)
        ?? Oversize("details", metadata?.Details, limits.MaxDetailsSize);

    private static string? Duration(Duration? duration, string field) => duration.Problem() is { } problem
        ? $"An invalid {field} is set on request. cause: {problem}"
        : null;

    private static string? Oversize(string field, Payload? payload, int limit) =>
        payload is not null && payload.CalculateSize() > limit
            ? $"user_metadata.{field} exceeds size limit. Length={payload.CalculateSize()} Limit={limit}"
            : null;
}
