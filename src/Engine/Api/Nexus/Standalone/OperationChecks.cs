using AugmentedOS.Engine.Executions;
using AugmentedOS.Engine.Executions.Nexus;
using AugmentedOS.Engine.Namespaces;
using Google.Protobuf.WellKnownTypes;
using Temporalio.Api.WorkflowService.V1;

namespace AugmentedOS.Engine.Api.Nexus.Standalone;

/// <summary>Whether requests about operations that no workflow called are in order, in a server's words.</summary>
internal static class OperationChecks
{
    public static Rejection? Disabled(EngineLimits limits) => limits.Features.StandaloneNexusOperations
        ? null
        : Rejection.Unimplemented("Standalone Nexus operation is disabled");

    public static Rejection? Check(
        StartNexusOperationExecutionRequest request, NamespaceInfo ns, EngineLimits limits)
    {
        var problem = Length("request_id", request.RequestId, limits)
            ?? Id(request.OperationId, limits)
            ?? Length("identity", request.Identity, limits)
            ?? Target(request, limits)
            ?? Time("schedule_to_close_timeout", request.ScheduleToCloseTimeout)
            ?? Time("schedule_to_start_timeout", request.ScheduleToStartTimeout)
            ?? Time("start_to_close_timeout", request.StartToCloseTimeout)
            ?? Size("input", request.Input?.CalculateSize() ?? 0, limits.BlobSizeError)
            ?? Size("user_metadata.summary", request.UserMetadata?.Summary?.CalculateSize() ?? 0, limits.MaxSummarySize)
            ?? Size("user_metadata.details", request.UserMetadata?.Details?.CalculateSize() ?? 0, limits.MaxDetailsSize)
            ?? Headers(request, limits);
        return problem is not null
            ? Rejection.InvalidArgument(problem)
            : RunSearchAttributes.Check(request.SearchAttributes, ns, limits);
    }

    /// <summary>Of cancel and terminate requests.</summary>
    public static string? Ending(
        string operationId, string runId, string requestId, string identity, string reason, EngineLimits limits) =>
        Length("request_id", requestId, limits)
        ?? Id(operationId, limits)
        ?? Run(runId)
        ?? Length("identity", identity, limits)
        ?? (Utf8Length.Of(reason) > limits.MaxNexusReasonLength
            ? $"reason exceeds length limit. Length={Utf8Length.Of(reason)} Limit={limits.MaxNexusReasonLength}"
            : null);

    public static string? Id(string operationId, EngineLimits limits) =>
        operationId.Length == 0 ? "operation_id is required" : Length("operation_id", operationId, limits);

    public static string? Run(string runId) =>
        runId.Length > 0 && !RunId.TryParse(runId, out _) ? "run_id is not a valid UUID" : null;

    private static string? Target(StartNexusOperationExecutionRequest request, EngineLimits limits)
    {
        if (request.Endpoint.Length == 0)
        {
            return "endpoint is required";
        }

        return Name("service", request.Service, limits.MaxNexusServiceLength)
            ?? Name("operation", request.Operation, limits.MaxNexusOperationLength);
    }

    private static string? Name(string field, string value, int limit)
    {
        if (value.Length == 0)
        {
            return $"{field} is required";
        }

        var length = Utf8Length.Of(value);
        return length > limit ? $"{field} exceeds length limit. Length={length} Limit={limit}" : null;
    }

    private static string? Headers(StartNexusOperationExecutionRequest request, EngineLimits limits) =>
        NexusHeaders.Problem(request.NexusHeader, limits) switch
        {
            { DisallowedKey: { } key } => $"nexus_header contains a disallowed key: \"{key}\"",
            { IsTooLarge: true } => "nexus_header exceeds size limit",
            _ => null,
        };

    private static string? Time(string field, Duration? time) =>
        time.Problem() is { } problem ? $"{field} is invalid: {problem}" : null;

    private static string? Size(string field, int size, int limit) =>
        size > limit ? $"{field} exceeds size limit. Length={size} Limit={limit}" : null;

    private static string? Length(string field, string value, EngineLimits limits)
    {
        var length = Utf8Length.Of(value);
        return length > limits.MaxIdLength
            ? $"{field} exceeds length limit. Length={length} Limit={limits.MaxIdLength}"
            : null;
    }
}
