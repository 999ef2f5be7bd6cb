using AugmentedOS.Engine.Executions.Versioning;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Workflow.V1;

namespace AugmentedOS.Engine.Executions.Describing;

/// <summary>What a description says of the run itself.</summary>
internal static class ExecutionInfo
{
    public static WorkflowExecutionInfo Of(RunState state)
    {
        var started = state.Started;
        var info = new WorkflowExecutionInfo
        {
            Execution = state.Key.ToExecution(),
            Type = started.WorkflowType,
            StartTime = state.StartedAt.ToTimestamp(),
            Status = state.Status,
            HistoryLength = state.LastEventId,
            ParentNamespaceId = started.ParentWorkflowNamespaceId,
            ParentExecution = started.ParentWorkflowExecution,
            RootExecution = started.RootWorkflowExecution ?? state.Key.ToExecution(),
            ExecutionTime = state.FirstTaskAt.ToTimestamp(),
            Memo = new Memo(),
            SearchAttributes = new SearchAttributes(),
            AutoResetPoints = new ResetPoints { Points = { state.ResetPoints } },
            TaskQueue = started.TaskQueue.Name,
            StateTransitionCount = state.Transitions,
            HistorySizeBytes = state.HistorySize,
            FirstRunId = started.FirstExecutionRunId,
            VersioningInfo = Versioning(state.Versioning),
            WorkerDeploymentName = state.Versioning?.DeploymentName ?? "",
            Priority = state.Options.Priority,
        };
        info.Memo.Fields.Add(state.Memo);
        info.SearchAttributes.IndexedFields.Add(state.SearchAttributes);
        if (state.CloseEvent is { } close)
        {
            var lasted = Instant.From(close.EventTime) - state.FirstTaskAt;
            info.CloseTime = close.EventTime;
            info.ExecutionDuration = (lasted > TimeSpan.Zero ? lasted : TimeSpan.Zero).ToProto();
        }

        return info;
    }

    private static WorkflowExecutionVersioningInfo? Versioning(RunVersioning? versioning) => versioning is null
        ? null
        : new WorkflowExecutionVersioningInfo
        {
            Behavior = versioning.Behavior,
            DeploymentVersion = versioning.Version?.ToProto(),
            Version = versioning.Version?.ToLegacyText() ?? "",
            VersioningOverride = VersioningOverrides.Described(versioning.Override),
            VersionTransition = versioning.Transition is { } move
                ? new DeploymentVersionTransition
                {
                    DeploymentVersion = move.To?.ToProto(),
                    Version = move.To?.ToLegacyText() ?? DeploymentVersion.Unversioned,
                }
                : null,
            RevisionNumber = versioning.Revision,
            ContinueAsNewInitialVersioningBehavior = versioning.InitialBehavior,
        };
}
