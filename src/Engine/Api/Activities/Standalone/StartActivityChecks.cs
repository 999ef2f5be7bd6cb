using AugmentedOS.Engine.Api.Checks;
using AugmentedOS.Engine.Executions;
using AugmentedOS.Engine.Executions.StandaloneActivities;
using AugmentedOS.Engine.Executions.Starting;
using AugmentedOS.Engine.Namespaces;
using Temporalio.Api.WorkflowService.V1;

namespace AugmentedOS.Engine.Api.Activities.Standalone;

/// <summary>Whether an activity can be started without a workflow, in a server's words and order.</summary>
internal static class StartActivityChecks
{
    public static Rejection? Check(StartActivityExecutionRequest request, NamespaceInfo ns, EngineLimits limits) =>
        Refuse(DelayProblem(request, limits))
        ?? TaskQueueCheck.Check(request.TaskQueue)
        ?? Refuse(ActivityProblem(request, limits))
        ?? Refuse(RequestProblem(request, limits))
        ?? RunSearchAttributes.Check(request.SearchAttributes, ns, limits)
        ?? Refuse(CallbackProblem(request, limits))
        ?? Refuse(LinkRules.Problem(request.Links, request.CompletionCallbacks))
        ?? Refuse(ConflictProblem(request))
        ?? Refuse(PolicyProblem(request));

    private static Rejection? Refuse(string? problem) => problem is null ? null : Rejection.InvalidArgument(problem);

    private static string? DelayProblem(StartActivityExecutionRequest request, EngineLimits limits)
    {
        if (request.StartDelay.Problem() is { } problem)
        {
            return $"invalid StartDelay: {problem}";
        }

        return request.StartDelay.OrZero() > TimeSpan.Zero && !limits.Features.StandaloneActivityStartDelay
            ? "start_delay is not enabled for this namespace"
            : null;
    }

    private static string? ActivityProblem(StartActivityExecutionRequest request, EngineLimits limits)
    {
        var type = request.ActivityType?.Name ?? "";
        if (request.ActivityId.Length == 0)
        {
            return "activityId is not set";
        }

        if (type.Length == 0)
        {
            return "activityType is not set";
        }

        return RetryPolicies.Validate(RetryPolicies.WithDefaults(request.RetryPolicy))
            ?? ActivityChecks.Length("activityId", request.ActivityId, limits)
            ?? ActivityChecks.Length("activityType", type, limits)
            ?? (PriorityRules.Validate(request.Priority) is { } priority ? $"invalid priorities: {priority}" : null)
            ?? ActivityTimes.Validate(ActivityRun.TimesOf(request));
    }

    private static string? RequestProblem(StartActivityExecutionRequest request, EngineLimits limits) =>
        ActivityChecks.Length("request ID", request.RequestId, limits)
        ?? ActivityChecks.Length("identity", request.Identity, limits)
        ?? (BlobCheck.Exceeds(request.Input, limits) ? "input exceeds length limit" : null)
        ?? Size("summary", request.UserMetadata?.Summary?.CalculateSize() ?? 0, limits.MaxSummarySize)
        ?? Size("details", request.UserMetadata?.Details?.CalculateSize() ?? 0, limits.MaxDetailsSize);

    private static string? CallbackProblem(StartActivityExecutionRequest request, EngineLimits limits)
    {
        if (request.CompletionCallbacks.Count == 0)
        {
            return null;
        }

        if (!limits.Features.StandaloneActivityCallbacks)
        {
            return "completion callbacks are not enabled for this namespace";
        }

        return request.CompletionCallbacks.Count > limits.MaxCallbacks
            ? $"cannot attach more than {limits.MaxCallbacks} callbacks to an execution"
            : StartCallbacks.Problem(request.CompletionCallbacks, limits);
    }

    private static string? ConflictProblem(StartActivityExecutionRequest request) => request.OnConflictOptions switch
    {
        { AttachCompletionCallbacks: true, AttachRequestId: false } =>
            "on_conflict_options: attach_completion_callbacks requires attach_request_id to be set",
        { AttachRequestId: true } when request.CompletionCallbacks.Count == 0 && request.Links.Count == 0 =>
            "on_conflict_options: attach_request_id requires at least one completion callback or link",
        _ => null,
    };

    private static string? PolicyProblem(StartActivityExecutionRequest request)
    {
        if (!Enum.IsDefined(request.IdReusePolicy))
        {
            return $"unsupported ID reuse policy: {request.IdReusePolicy}";
        }

        return Enum.IsDefined(request.IdConflictPolicy)
            ? null
            : $"unsupported ID conflict policy: {request.IdConflictPolicy}";
    }

    private static string? Size(string field, int size, int limit) => size > limit
        ? $"user_metadata.{field} exceeds size limit. Length={size} Limit={limit}"
        : null;
}
