using AugmentedOS.Engine.Executions;
using Temporalio.Api.WorkflowService.V1;

namespace AugmentedOS.Engine.Queries;

/// <summary>What a query request must hold, whatever run it is about.</summary>
internal static class QueryValidation
{
    /// <summary>Null, or what is wrong.</summary>
    public static Rejection? Check(QueryWorkflowRequest request, EngineLimits limits)
    {
        if (request.Execution is not { } execution)
        {
            return Rejection.InvalidArgument("Execution is not set on request.");
        }

        if (execution.WorkflowId.Length == 0)
        {
            return Rejection.InvalidArgument("WorkflowId is not set on request.");
        }

        if (execution.RunId.Length > 0 && !RunId.TryParse(execution.RunId, out _))
        {
            return Rejection.InvalidArgument("Invalid RunId.");
        }

        if (request.Query is not { } query)
        {
            return Rejection.InvalidArgument("WorkflowQuery is not set on request.");
        }

        if (query.QueryType.Length == 0)
        {
            return Rejection.InvalidArgument("QueryType is not set on request.");
        }

        var size = (query.QueryArgs?.CalculateSize() ?? 0) + (query.Header?.CalculateSize() ?? 0);
        return size > limits.BlobSizeError ? Rejection.InvalidArgument("Blob data size exceeds limit.") : null;
    }
}
