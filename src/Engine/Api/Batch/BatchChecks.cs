using AugmentedOS.Engine.Batch;
using AugmentedOS.Engine.Batch.Running;
using AugmentedOS.Engine.Executions;
using AugmentedOS.Engine.Namespaces;
using AugmentedOS.Engine.Visibility;
using AugmentedOS.Engine.Visibility.Queries;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.WorkflowService.V1;
using Operation = Temporalio.Api.WorkflowService.V1.StartBatchOperationRequest.OperationOneofCase;

namespace AugmentedOS.Engine.Api.Batch;

/// <summary>Whether a batch operation may begin, in the order and the words of a Temporal server.</summary>
internal static class BatchChecks
{
    private const string TypeOrAll = "Either activity type must be set, or match all should be set to true";

    public static Rejection? Check(StartBatchOperationRequest request, NamespaceInfo ns, EngineLimits limits) =>
        Refuse(Parameters(request) ?? OfOperation(request)) ?? Query(request, ns) ?? Refuse(Amount(request, limits));

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

        var wrong = request.TargetExecutions.ToList().FindIndex(target => target.Type != ExecutionType.Workflow);
        return wrong < 0
            ? null
            : $"target_executions[{wrong}] has type {request.TargetExecutions[wrong].Type}, "
                + $"but operation {request.OperationCase} requires {ExecutionType.Workflow}";
    }

    private static string? OfOperation(StartBatchOperationRequest request) => request.OperationCase switch
    {
        Operation.SignalOperation when request.SignalOperation.Signal.Length == 0 => "must provide signal name",
        Operation.UpdateWorkflowOptionsOperation
            when request.UpdateWorkflowOptionsOperation.WorkflowExecutionOptions is null => "must provide UpdateOptions",
        Operation.UpdateWorkflowOptionsOperation
            when request.UpdateWorkflowOptionsOperation.UpdateMask is null => "must provide UpdateMask",
        Operation.ResetOperation => Reset(request),
        Operation.UnpauseActivitiesOperation => Unpause(request),
        Operation.ResetActivitiesOperation => ResetActivities(request),
        Operation.UpdateActivityOptionsOperation => UpdateActivities(request),
        _ => null,
    } ?? (BatchItems.Knows(request) ? null : $"The operation type {request.OperationCase} is not supported");

    private static string? Reset(StartBatchOperationRequest request)
    {
        var reset = request.ResetOperation;
        if (reset.Options is { } options)
        {
            return options.TargetCase == Temporalio.Api.Common.V1.ResetOptions.TargetOneofCase.None
                ? "batch reset missing target"
                : null;
        }

#pragma warning disable CS0612 // Older clients send it.
        var type = reset.ResetType;
#pragma warning restore CS0612
        return type == ResetType.Unspecified || !Enum.IsDefined(type) ? $"unknown batch reset type {type}" : null;
    }

    private static string? Unpause(StartBatchOperationRequest request)
    {
        var unpause = request.UnpauseActivitiesOperation;
        return unpause.ActivityCase switch
        {
            Temporalio.Api.Batch.V1.BatchOperationUnpauseActivities.ActivityOneofCase.Type => unpause.Type.Length > 0
                ? null : TypeOrAll,
            Temporalio.Api.Batch.V1.BatchOperationUnpauseActivities.ActivityOneofCase.MatchAll => unpause.MatchAll
                ? null : TypeOrAll,
            _ => "activity filter must be set",
        };
    }

    private static string? ResetActivities(StartBatchOperationRequest request)
    {
        var reset = request.ResetActivitiesOperation;
        return reset.ActivityCase switch
        {
            Temporalio.Api.Batch.V1.BatchOperationResetActivities.ActivityOneofCase.Type => reset.Type.Length > 0
                ? null : TypeOrAll,
            Temporalio.Api.Batch.V1.BatchOperationResetActivities.ActivityOneofCase.MatchAll => reset.MatchAll
                ? null : TypeOrAll,
            _ => "must provide ActivityType or MatchAll",
        };
    }

    private static string? UpdateActivities(StartBatchOperationRequest request)
    {
        var update = request.UpdateActivityOptionsOperation;
        if (update.ActivityOptions is not null && update.RestoreOriginal)
        {
            return "cannot set both activity options and restore original";
        }

        if (update.ActivityOptions is null && !update.RestoreOriginal)
        {
            return "Either activity type must be set, or restore original should be set to true";
        }

        return update.ActivityCase switch
        {
            Temporalio.Api.Batch.V1.BatchOperationUpdateActivityOptions.ActivityOneofCase.Type
                when update.Type.Length == 0 => TypeOrAll,
            Temporalio.Api.Batch.V1.BatchOperationUpdateActivityOptions.ActivityOneofCase.MatchAll
                when !update.MatchAll => TypeOrAll,
            _ => null,
        };
    }

    private static Rejection? Query(StartBatchOperationRequest request, NamespaceInfo ns)
    {
        var query = BatchOperations.QueryOf(request);
        return query.Length == 0
            || BoundQuery.From(query, new SearchAttributeCatalog(ns.SearchAttributes)).TryGet(out _, out var wrong)
                ? null
                : Rejection.InvalidArgument($"invalid visibility query: {wrong.Message}");
    }

    private static string? Amount(StartBatchOperationRequest request, EngineLimits limits) =>
        BatchOperations.Named(request) > limits.MaxBatchExecutions
            ? "Workflow executions count exceeded."
            : request.CalculateSize() > limits.BlobSizeError ? "Blob data size exceeds limit." : null;

    private static Rejection? Refuse(string? problem) => problem is null ? null : Rejection.InvalidArgument(problem);
}
