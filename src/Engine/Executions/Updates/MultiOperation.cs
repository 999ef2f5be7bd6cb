using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Temporalio.Api.ErrorDetails.V1;
using Temporalio.Api.Failure.V1;
using OperationStatus = Temporalio.Api.ErrorDetails.V1.MultiOperationExecutionFailure.Types.OperationStatus;

namespace AugmentedOS.Engine.Executions.Updates;

/// <summary>The refusal of a request that is two operations in one: it says of each what became of it.</summary>
internal static class MultiOperation
{
    /// <summary>What became of an operation whose sibling failed.</summary>
    public static Rejection Aborted { get; } =
        new(StatusCode.Aborted, "Operation was aborted.", new MultiOperationExecutionAborted());

    /// <summary>The refusal. Its code is that of the first operation that failed by itself.</summary>
    /// <param name="start">What became of the start; null when it succeeded.</param>
    /// <param name="update">What became of the update.</param>
    public static Rejection Refuse(Rejection? start, Rejection update)
    {
        var detail = new MultiOperationExecutionFailure { Statuses = { StatusOf(start), StatusOf(update) } };
        var code = new[] { start, update }
            .FirstOrDefault(operation => operation is not null && operation.Detail is not MultiOperationExecutionAborted)
            ?.Code ?? StatusCode.Aborted;
        return new Rejection(code, "Update-with-Start could not be executed.", detail);
    }

    private static OperationStatus StatusOf(Rejection? rejection)
    {
        var status = new OperationStatus { Code = (int)(rejection?.Code ?? StatusCode.OK), Message = rejection?.Message ?? "" };
        if (rejection?.Detail is { } detail)
        {
            status.Details.Add(Any.Pack(detail));
        }

        return status;
    }
}
