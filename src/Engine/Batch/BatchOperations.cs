using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.WorkflowService.V1;
using Operation = Temporalio.Api.WorkflowService.V1.StartBatchOperationRequest.OperationOneofCase;

namespace AugmentedOS.Engine.Batch;

/// <summary>What a batch request asks for.</summary>
internal static class BatchOperations
{
    private const string OpenOnly = "(ExecutionStatus = 'Running' OR ExecutionStatus = 'Paused')";

    public static BatchOperationType TypeOf(StartBatchOperationRequest request) => request.OperationCase switch
    {
        Operation.TerminationOperation => BatchOperationType.Terminate,
        Operation.CancellationOperation => BatchOperationType.Cancel,
        Operation.SignalOperation => BatchOperationType.Signal,
        Operation.DeletionOperation => BatchOperationType.Delete,
        Operation.ResetOperation => BatchOperationType.Reset,
        Operation.UpdateWorkflowOptionsOperation => BatchOperationType.UpdateExecutionOptions,
        Operation.UnpauseActivitiesOperation => BatchOperationType.UnpauseActivity,
        Operation.ResetActivitiesOperation => BatchOperationType.ResetActivity,
        Operation.UpdateActivityOptionsOperation => BatchOperationType.UpdateActivityOptions,
        _ => BatchOperationType.Unspecified,
    };

    public static string IdentityOf(StartBatchOperationRequest request) => request.OperationCase switch
    {
        Operation.TerminationOperation => request.TerminationOperation.Identity,
        Operation.CancellationOperation => request.CancellationOperation.Identity,
        Operation.SignalOperation => request.SignalOperation.Identity,
        Operation.DeletionOperation => request.DeletionOperation.Identity,
        Operation.ResetOperation => request.ResetOperation.Identity,
        Operation.UpdateWorkflowOptionsOperation => request.UpdateWorkflowOptionsOperation.Identity,
        Operation.UnpauseActivitiesOperation => request.UnpauseActivitiesOperation.Identity,
        Operation.ResetActivitiesOperation => request.ResetActivitiesOperation.Identity,
        Operation.UpdateActivityOptionsOperation => request.UpdateActivityOptionsOperation.Identity,
        _ => "",
    };

    /// <summary>The request's query, and for what only open runs can take, those only. Empty without a query.</summary>
    public static string QueryOf(StartBatchOperationRequest request)
    {
        var query = request.VisibilityQuery;
        if (query.Length == 0)
        {
            return "";
        }

        if (request.OperationCase == Operation.UnpauseActivitiesOperation
            && request.UnpauseActivitiesOperation.Type is { Length: > 0 } type)
        {
            query = $"TemporalPauseInfo = 'property:activityType={type.Replace("'", "\\'", StringComparison.Ordinal)}'";
        }

        return request.OperationCase is Operation.DeletionOperation or Operation.ResetOperation
            ? query
            : $"({query}) AND {OpenOnly}";
    }

    /// <summary>The executions that are named one by one, in the newer of the two forms.</summary>
    public static IEnumerable<Execution> Executions(StartBatchOperationRequest request) =>
        request.TargetExecutions.Count > 0
            ? request.TargetExecutions
            : request.Executions.Select(execution => new Execution
            {
                Type = ExecutionType.Workflow,
                BusinessId = execution.WorkflowId,
                RunId = execution.RunId,
            });

    /// <summary>How many executions are named one by one.</summary>
    public static int Named(StartBatchOperationRequest request) =>
        Math.Max(request.Executions.Count, request.TargetExecutions.Count);
}
