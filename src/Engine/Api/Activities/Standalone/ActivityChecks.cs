using AugmentedOS.Engine.Executions;
using AugmentedOS.Engine.Executions.ActivityControl;
using Google.Protobuf.WellKnownTypes;
using Temporalio.Api.WorkflowService.V1;

namespace AugmentedOS.Engine.Api.Activities.Standalone;

/// <summary>Whether requests about an activity that no workflow scheduled are in order, in a server's words. Each says what
/// is wrong; null when nothing is.</summary>
internal static class ActivityChecks
{
    public static string? Describe(DescribeActivityExecutionRequest request, EngineLimits limits)
    {
        if (Id(request.ActivityId, limits) is { } problem)
        {
            return problem;
        }

        return !request.LongPollToken.IsEmpty && request.RunId.Length == 0
            ? "run id is required when long poll token is provided"
            : Run(request.RunId);
    }

    /// <summary>Of requests that only name an activity.</summary>
    public static string? Named(string activityId, string runId, EngineLimits limits) =>
        Id(activityId, limits) ?? Run(runId);

    /// <summary>Of requests that change something and may say why.</summary>
    public static string? Change(
        string activityId, string runId, string requestId, string identity, string reason, EngineLimits limits) =>
        Id(activityId, limits)
        ?? Length("request ID", requestId, limits)
        ?? Length("identity", identity, limits)
        ?? Run(runId)
        ?? (Utf8Length.Of(reason) > limits.BlobSizeError ? "reason exceeds length limit" : null);

    public static string? Jitter(Duration? jitter) =>
        jitter.Problem() is { } problem ? $"invalid jitter: {problem}" : null;

    public static string? Update(UpdateActivityExecutionOptionsRequest request)
    {
        if (request.RestoreOriginal)
        {
            return request.UpdateMask is { Paths.Count: > 0 }
                ? "Both UpdateMask and RestoreOriginal are provided"
                : null;
        }

        return request switch
        {
            { ActivityOptions: null } => "ActivityOptions are not provided",
            { UpdateMask: null } => "UpdateMask is not provided",
            { UpdateMask.Paths.Count: 0 } => "UpdateMask must specify at least one path",
            _ => ActivityOptionPaths.Problem(request.UpdateMask, request.ActivityOptions),
        };
    }

    public static string? Id(string activityId, EngineLimits limits) =>
        activityId.Length == 0 ? "activity ID is required" : Length("activity ID", activityId, limits);

    public static string? Run(string runId) =>
        runId.Length > 0 && !RunId.TryParse(runId, out _) ? "invalid run id: must be a valid UUID" : null;

    public static string? Length(string field, string value, EngineLimits limits)
    {
        var length = Utf8Length.Of(value);
        return length > limits.MaxIdLength
            ? $"{field} exceeds length limit. Length={length} Limit={limits.MaxIdLength}"
            : null;
    }
}
