using AugmentedOS.Engine.Runtime;
using Google.Protobuf;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.ErrorDetails.V1;
using Temporalio.Api.Failure.V1;
using Temporalio.Api.Query.V1;
using Temporalio.Api.WorkflowService.V1;

namespace AugmentedOS.Engine.Queries;

/// <summary>What a caller is told of a worker's answer.</summary>
internal static class QueryAnswers
{
    private const string TooLarge = "Blob data size exceeds limit.";

    /// <summary>An answer that came with a workflow task.</summary>
    public static Outcome From(WorkflowQueryResult result, int maxBytes) =>
        From(result.ResultType, result.Answer, result.ErrorMessage, result.Failure, maxBytes);

    /// <summary>An answer to a query task.</summary>
    public static Outcome From(RespondQueryTaskCompletedRequest answer, int maxBytes) =>
        From(answer.CompletedType, answer.QueryResult, answer.ErrorMessage, answer.Failure, maxBytes);

    public static Outcome Rejected(WorkflowExecutionStatus status) =>
        new(new QueryWorkflowResponse { QueryRejected = new QueryRejected { Status = status } }, null);

    private static Outcome From(QueryResultType type, Payloads? answer, string error, Failure? failure, int maxBytes)
    {
        if ((answer?.CalculateSize() ?? 0) > maxBytes)
        {
            return Failed(TooLarge, null);
        }

        return type == QueryResultType.Answered
            ? new Outcome(new QueryWorkflowResponse { QueryResult = answer }, null)
            : Failed(error, failure);
    }

    /// <summary>The message is the worker's own, without a prefix: SDKs show it to their users.</summary>
    private static Outcome Failed(string message, Failure? failure)
    {
        IMessage detail = new QueryFailedFailure { Failure = failure };
        return new Outcome(null, new Rejection(Grpc.Core.StatusCode.InvalidArgument, message, detail));
    }
}
