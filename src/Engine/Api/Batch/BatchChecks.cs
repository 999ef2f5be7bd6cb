using AugmentedOS.Engine.Api.Activities;
using AugmentedOS.Engine.Batch;
using AugmentedOS.Engine.Executions;
using AugmentedOS.Engine.Executions.TimeSkipping;
using AugmentedOS.Engine.Namespaces;
using AugmentedOS.Engine.Visibility.Queries;
using Temporalio.Api.Batch.V1;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.Workflow.V1;
using Temporalio.Api.WorkflowService.V1;
using Operation = Temporalio.Api.WorkflowService.V1.StartBatchOperationRequest.OperationOneofCase;

namespace AugmentedOS.Engine.Api.Batch;

/// <summary>Whether a batch operation may begin, in the order and the words of a Temporal server.</summary>
internal static class BatchChecks
{
    private const string TypeOrAll = "Either activity type must be set, or match all should be set to true";

    public static Rejection? Enabled(EngineLimits limits) => limits.Features.Batches
        ? null
        : Rejection.PermissionDenied("Batch operation feature are disabled on this namespace.");

    public static Rejection? Check(StartBatchOperationRequest request, NamespaceInfo ns, EngineLimits limits) =>
        Refuse(Supported(request, limits.Features) ?? Parameters(request) ?? OfOperation(request))
        ?? Query(request, ns) ?? OfTime(request, limits) ?? Refuse(Amount(request, limits));

    private static string? Supported(StartBatchOperationRequest request, EngineFeatures features) =>
        BatchOperations.IsOfActivities(request)
        && features is not { StandaloneActivities: true, StandaloneActivityBatches: true }
            ? $"The operation type {NameOf(request)} is not supported for this namespace"
            : null;

    private static string? Parameters(StartBatchOperationRequest request)
    {
        var selectors = (request.VisibilityQuery.Length > 0 ? 1 : 0)
            + (request.Executions.Count > 0 ? 1 : 0) + (request.TargetExecutions.Count > 0 ? 1 : 0);
        if (request.OperationCase == Operation.None || request.Reason.Length == 0 || selectors == 0)
        {
            return "must provide required parameters: BatchType,Reason,Namespace, AND one of "
                + "(Query OR Executions OR TargetExecutions)";
        }

        if (request.JobId.Length == 0)
        {
            return "JobId is not set on request.";
        }

        if (selectors > 1)
        {
            return "visibility query, executions, and target executions are mutually exclusive";
        }

        var expected = BatchOperations.IsOfActivities(request) ? ExecutionType.Activity : ExecutionType.Workflow;
        var wrong = request.TargetExecutions.ToList().FindIndex(target => target.Type != expected);
        return wrong < 0
            ? null
            : $"target_executions[{wrong}] has type {request.TargetExecutions[wrong].Type}, "
                + $"but operation {NameOf(request)} requires {expected}";
    }

    private static string? OfOperation(StartBatchOperationRequest request) => request.OperationCase switch
    {
        Operation.SignalOperation when request.SignalOperation.Signal.Length == 0 => "must provide signal name",
        Operation.UpdateWorkflowOptionsOperation
            when request.UpdateWorkflowOptionsOperation.WorkflowExecutionOptions is null => "must provide UpdateOptions",
        Operation.UpdateWorkflowOptionsOperation
            when request.UpdateWorkflowOptionsOperation.UpdateMask is null => "must provide UpdateMask",
        Operation.ResetOperation => Reset(request.ResetOperation),
        Operation.UnpauseActivitiesOperation => Unpause(request.UnpauseActivitiesOperation),
        Operation.ResetActivitiesOperation => ResetActivities(request.ResetActivitiesOperation),
        Operation.UpdateActivityOptionsOperation => UpdateActivities(request.UpdateActivityOptionsOperation),
        _ => null,
    };

    /// <summary>As a Temporal server calls it.</summary>
    private static string NameOf(StartBatchOperationRequest request) =>
        $"*workflowservice.StartBatchOperationRequest_{request.OperationCase}";

    private static string? Reset(BatchOperationReset reset)
    {
#pragma warning disable CS0612 // Older clients send it.
        if (reset.Options is null && (reset.ResetType == ResetType.Unspecified || !Enum.IsDefined(reset.ResetType)))
        {
            return $"unknown batch reset type {reset.ResetType}";
        }

        var options = BatchResetOptions.Of(reset);
        return options.TargetCase == ResetOptions.TargetOneofCase.None
            ? "batch reset missing target"
            : Enum.IsDefined(options.ResetReapplyType)
                ? null
                : $"unknown reset reapply type: {(int)options.ResetReapplyType}";
#pragma warning restore CS0612
    }

    private static string? Unpause(BatchOperationUnpauseActivities unpause) => unpause.ActivityCase switch
    {
        BatchOperationUnpauseActivities.ActivityOneofCase.None => "activity filter must be set",
        _ => Selection(unpause.Type, unpause.MatchAll),
    };

    private static string? ResetActivities(BatchOperationResetActivities reset) => reset.ActivityCase switch
    {
        BatchOperationResetActivities.ActivityOneofCase.None => "must provide ActivityType or MatchAll",
        _ => Selection(reset.Type, reset.MatchAll),
    };

    private static string? UpdateActivities(BatchOperationUpdateActivityOptions update)
    {
        if (update.ActivityOptions is not null && update.RestoreOriginal)
        {
            return "cannot set both activity options and restore original";
        }

        if (update.ActivityOptions is null && !update.RestoreOriginal)
        {
            return "Either activity type must be set, or restore original should be set to true";
        }

        // What every run would refuse is refused here: a Temporal server counts it run by run.
        return Selection(update.Type, update.MatchAll)
            ?? ActivityOptionsCheck.Problem(update.ActivityOptions, update.UpdateMask, update.RestoreOriginal);
    }

    private static string? Selection(string type, bool all) => type.Length > 0 || all ? null : TypeOrAll;

    private static Rejection? OfTime(StartBatchOperationRequest request, EngineLimits limits)
    {
        var options = request.OperationCase switch
        {
            Operation.UpdateWorkflowOptionsOperation =>
                [request.UpdateWorkflowOptionsOperation.WorkflowExecutionOptions],
            Operation.ResetOperation =>
                request.ResetOperation.PostResetOperations.Select(o => o.UpdateWorkflowOptions?.WorkflowExecutionOptions),
            _ => Enumerable.Empty<WorkflowExecutionOptions?>(),
        };
        return options.Select(o => TimeSkippingRules.Check(o?.TimeSkippingConfig, limits))
            .FirstOrDefault(refusal => refusal is not null);
    }

    private static Rejection? Query(StartBatchOperationRequest request, NamespaceInfo ns)
    {
        var query = BatchOperations.QueryOf(request);
        return query.Length == 0
            || BoundQuery.From(query, BatchOperations.ScopeOf(request, ns).Catalog).TryGet(out _, out var wrong)
                ? null
                : Rejection.InvalidArgument($"invalid visibility query: {wrong.Message}");
    }

    private static string? Amount(StartBatchOperationRequest request, EngineLimits limits) =>
        BatchOperations.Named(request) > limits.MaxBatchExecutions
            ? "Workflow executions count exceeded."
            : request.CalculateSize() > limits.BlobSizeError ? "Blob data size exceeds limit." : null;

    private static Rejection? Refuse(string? problem) => problem is null ? null : Rejection.InvalidArgument(problem);
}
