using AugmentedOS.Engine.Executions.StandaloneActivities;
using AugmentedOS.Engine.Namespaces;
using AugmentedOS.Engine.Visibility;
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
        Operation.TerminateActivitiesOperation => BatchOperationType.TerminateActivity,
        Operation.CancelActivitiesOperation => BatchOperationType.CancelActivity,
        Operation.DeleteActivitiesOperation => BatchOperationType.DeleteActivity,
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
        Operation.TerminateActivitiesOperation => request.TerminateActivitiesOperation.Identity,
        Operation.CancelActivitiesOperation => request.CancelActivitiesOperation.Identity,
        _ => "",
    };

    /// <summary>Whether it is about activities that no workflow scheduled. All others are about workflows, also those that do
    /// something to the activities of workflows.</summary>
    public static bool IsOfActivities(StartBatchOperationRequest request) => request.OperationCase
        is Operation.TerminateActivitiesOperation or Operation.CancelActivitiesOperation
        or Operation.DeleteActivitiesOperation;

    /// <summary>Where its query looks, and by what.</summary>
    public static VisibilityScope ScopeOf(StartBatchOperationRequest request, NamespaceInfo ns) => IsOfActivities(request)
        ? new(
            IdSpaces.ActivitiesOf(ns.Id),
            new SearchAttributeCatalog(ns.SearchAttributes.SetItems(
                ActivityRun.Attributes.Select(name => KeyValuePair.Create(name, IndexedValueType.Keyword)))))
        : new(ns.Id, new SearchAttributeCatalog(ns.SearchAttributes));

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

        return request.OperationCase
            is Operation.DeletionOperation or Operation.ResetOperation or Operation.DeleteActivitiesOperation
            ? query
            : $"({query}) AND {OpenOnly}";
    }

    /// <summary>The executions that are named one by one, in the newer of the two forms.</summary>
    public static IEnumerable<Execution> Executions(StartBatchOperationRequest request) =>
        request.TargetExecutions.Count > 0
            ? request.TargetExecutions
            : request.Executions.Select(execution => new Execution
            {
                Type = IsOfActivities(request) ? ExecutionType.Activity : ExecutionType.Workflow,
                BusinessId = execution.WorkflowId,
                RunId = execution.RunId,
            });

    /// <summary>How many executions are named one by one.</summary>
    public static int Named(StartBatchOperationRequest request) =>
        Math.Max(request.Executions.Count, request.TargetExecutions.Count);
}
