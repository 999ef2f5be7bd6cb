using System.Diagnostics.CodeAnalysis;
using AugmentedOS.Engine.Executions.TimeSkipping;
using Google.Protobuf.WellKnownTypes;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.History.V1;
using Temporalio.Api.Workflow.V1;

namespace AugmentedOS.Engine.Executions.Options;

/// <summary>Changes a run's options: by a request of its own, or after a reset.</summary>
internal static class OptionsUpdate
{
    /// <summary>Writes the change into history, if it is one. It concerns the engine and not the workflow's code, so
    /// that no workflow task follows.</summary>
    /// <param name="merged">The options after it.</param>
    public static bool TryRecord(
        Draft draft,
        WorkflowExecutionOptions requested,
        FieldMask mask,
        string identity,
        out WorkflowExecutionOptions merged,
        [NotNullWhen(false)] out Rejection? refusal)
    {
        var current = draft.State.Options.ToProto();
        current.TimeSkippingConfig = draft.State.Time?.Config?.Clone();
        merged = current.Clone();
        if (!OptionsMerge.TryMerge(merged, requested, mask, out refusal))
        {
            return false;
        }

        var unfit = OverrideChange.Complete(draft.State, merged.VersioningOverride)
            ?? (merged.Equals(current) ? null : OverrideChange.Refuse(draft, merged.VersioningOverride));
        if (unfit is not null)
        {
            refusal = unfit;
            return false;
        }

        merged.TimeSkippingConfig = TimeSkippingRules.WithDefaults(merged.TimeSkippingConfig, draft.Context.Limits);

        // A fast-forward begins anew whenever it is set, also when it is the same.
        var setsTime = !Equals(merged.TimeSkippingConfig, current.TimeSkippingConfig)
            || (mask.Paths.Contains(OptionsMerge.TimeSkippingPath) && merged.TimeSkippingConfig?.FastForwardConfig is not null);
        if (setsTime || !merged.Equals(current))
        {
            Record(draft, merged, setsTime, identity);
        }

        return true;
    }

    private static void Record(Draft draft, WorkflowExecutionOptions merged, bool setsTime, string identity) =>
        draft.RecordOrBuffer(EventType.WorkflowExecutionOptionsUpdated, e =>
        {
            e.WorkerMayIgnore = true;
            e.WorkflowExecutionOptionsUpdatedEventAttributes = new WorkflowExecutionOptionsUpdatedEventAttributes
            {
                VersioningOverride = merged.VersioningOverride,
                UnsetVersioningOverride = merged.VersioningOverride is null,
                Priority = merged.Priority,
                Identity = identity,
                TimeSkippingConfig = setsTime ? merged.TimeSkippingConfig : null,
                TimeSkippingConfigUpdated = setsTime,
            };
        });
}
