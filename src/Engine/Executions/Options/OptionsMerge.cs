using System.Diagnostics.CodeAnalysis;
using Google.Protobuf.WellKnownTypes;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Workflow.V1;

namespace AugmentedOS.Engine.Executions.Options;

/// <summary>The rules by which a field mask takes some of a request's options over.</summary>
internal static class OptionsMerge
{
    public const string TimeSkippingPath = "time_skipping_config";
    private const string Override = "versioning_override";

    /// <summary>The paths that a mask names and that the message does not have, word for word; null when it has all.</summary>
    public static string? UnknownPath(FieldMask mask) =>
        mask.Paths.FirstOrDefault(path => !FieldMask.IsValid<WorkflowExecutionOptions>(path)) is { } unknown
            ? $"proto: invalid path \"{unknown}\" for message \"temporal.api.workflow.v1.WorkflowExecutionOptions\""
            : null;

    /// <summary>Takes the masked fields over. A masked field that the request leaves out is removed.</summary>
    /// <param name="current">Changed in place: pass a copy.</param>
    public static bool TryMerge(
        WorkflowExecutionOptions current,
        WorkflowExecutionOptions requested,
        FieldMask mask,
        [NotNullWhen(false)] out Rejection? refusal)
    {
        refusal = (UnknownPath(mask) ?? PartialUpdate(mask)) is { } problem
            ? Rejection.InvalidArgument($"error applying update_options: {problem}")
            : null;
        if (refusal is not null)
        {
            return false;
        }

        if (mask.Paths.Any(path => path == Override || path.StartsWith(Override + ".", StringComparison.Ordinal)))
        {
            current.VersioningOverride = requested.VersioningOverride?.Clone();
        }

        if (mask.Paths.Contains(TimeSkippingPath))
        {
            current.TimeSkippingConfig = requested.TimeSkippingConfig?.Clone();
        }

        foreach (var path in mask.Paths)
        {
            MergePriority(current, requested.Priority, path);
        }

        return true;
    }

    private static void MergePriority(WorkflowExecutionOptions current, Priority? requested, string path)
    {
        switch (path)
        {
            case "priority":
                current.Priority = requested?.Clone();
                break;
            case "priority.priority_key":
                (current.Priority ??= new Priority()).PriorityKey = requested?.PriorityKey ?? 0;
                break;
            case "priority.fairness_key":
                (current.Priority ??= new Priority()).FairnessKey = requested?.FairnessKey ?? "";
                break;
            case "priority.fairness_weight":
                (current.Priority ??= new Priority()).FairnessWeight = requested?.FairnessWeight ?? 0;
                break;
            default:
                break; // The other paths concern other fields.
        }
    }

    /// <summary>An override is replaced as a whole. The deprecated pair of fields counts as the whole.</summary>
    private static string? PartialUpdate(FieldMask mask)
    {
        var parts = mask.Paths.Where(path => path.StartsWith(Override + ".", StringComparison.Ordinal))
            .Select(path => path[(Override.Length + 1)..]).ToHashSet();
        if (parts.Contains("deployment") != parts.Contains("behavior"))
        {
            return "versioning_override fields must be updated together";
        }

        if (parts.Any(part => part is not ("deployment" or "behavior")))
        {
            return "versioning_override doesn't support partial updates";
        }

        return mask.Paths.Any(path => path.StartsWith("time_skipping_config.", StringComparison.Ordinal))
            ? "time_skipping_config doesn't support partial update"
            : null;
    }
}
