using AugmentedOS.Engine.Executions.TimeSkipping;
using AugmentedOS.Engine.Executions.Versioning;
using AugmentedOS.Engine.Namespaces;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.WorkflowService.V1;

namespace AugmentedOS.Engine.Executions.Starting;

/// <summary>Whether a start request may become an input: every field in the order and with the words of a Temporal
/// server, so that a request with two faults is told of the same one.</summary>
/// <remarks>Checks only. Defaults are filled in where the run is made, so a request stays as it was sent.</remarks>
internal static class StartValidation
{
    public static Rejection? Check(
        StartWorkflowExecutionRequest request, NamespaceInfo ns, EngineLimits limits, Instant now)
    {
        var problem = StartFields.WorkflowId(request.WorkflowId, limits)
            ?? StartFields.RetryPolicy(request.RetryPolicy)
            ?? StartFields.StartDelay(request)
            ?? CronSchedules.Validate(request.CronSchedule, now)
            ?? StartFields.WorkflowType(request.WorkflowType, limits)
            ?? StartFields.TaskQueue(request.TaskQueue, limits)
            ?? StartFields.Timeouts(request)
            ?? StartFields.RequestId(request.RequestId, limits)
            ?? StartFields.Policies(request)
            ?? StartFields.ConflictOptions(request.OnConflictOptions);
        return Refuse(problem)
            ?? RunSearchAttributes.Check(request.SearchAttributes, ns, limits)
            ?? Refuse(
                PriorityRules.Validate(request.Priority)
                ?? StartCallbacks.Problem(request.CompletionCallbacks, limits)
                ?? LinkRules.Problem(request.Links, request.CompletionCallbacks)
                ?? StartFields.UserMetadata(request.UserMetadata, limits)
                ?? VersioningOverrides.Problem(request.VersioningOverride))
            ?? TimeSkippingRules.Check(request.TimeSkippingConfig, limits)
            ?? Refuse(Sizes(request.Input, request.Memo, limits));
    }

    public static Rejection? Check(
        SignalWithStartWorkflowExecutionRequest request, NamespaceInfo ns, EngineLimits limits, Instant now)
    {
        var start = SignalWithStart.ToStart(request);
        return Refuse(StartFields.WorkflowId(request.WorkflowId, limits) ?? SignalName(request.SignalName, limits))
            ?? SupportedConflict(request)
            ?? Check(start, ns, limits, now)
            ?? Refuse(Sizes(request.SignalInput, memo: null, limits));
    }

    private static Rejection? SupportedConflict(SignalWithStartWorkflowExecutionRequest request) =>
        request.WorkflowIdConflictPolicy == WorkflowIdConflictPolicy.Fail
            ? Rejection.InvalidArgument(
                "Invalid WorkflowIDConflictPolicy: WORKFLOW_ID_CONFLICT_POLICY_FAIL is not supported "
                + "for this operation.")
            : null;

    private static string? SignalName(string name, EngineLimits limits)
    {
        if (name.Length == 0)
        {
            return "SignalName is not set on request.";
        }

        var length = Utf8Length.Of(name);
        return length > limits.MaxIdLength
            ? $"signal name exceeds maximum allowed length ({length}/{limits.MaxIdLength})"
            : null;
    }

    private static string? Sizes(Payloads? input, Memo? memo, EngineLimits limits)
    {
        if (input is not null && input.CalculateSize() > limits.BlobSizeError)
        {
            return "Blob data size exceeds limit.";
        }

        return memo is not null && memo.CalculateSize() > limits.MemoSizeError ? "Memo size exceeds limit." : null;
    }

    private static Rejection? Refuse(string? problem) => problem is null ? null : Rejection.InvalidArgument(problem);
}
