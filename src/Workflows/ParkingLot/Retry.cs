using System.Security.Cryptography;
using System.Text;
using AugmentedOS.Workflows.ParkingLot.Histories;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.WorkflowService.V1;
using Temporalio.Client;
using Temporalio.Exceptions;

namespace AugmentedOS.Workflows.ParkingLot;

/// <summary>Retries one run after the other, each at most once.</summary>
internal sealed class Retry(ITemporalClient client, RetryOptions options)
{
    public async Task<RetryOutcome> RunAsync(string workflowId, string? runId, CancellationToken cancellationToken)
    {
        var rpc = new RpcOptions { CancellationToken = cancellationToken };
        try
        {
            var current = await client.GetWorkflowHandle(workflowId).DescribeAsync(new() { Rpc = rpc })
                .ConfigureAwait(false);
            runId ??= current.RunId;
            return current.RunId != runId
                ? new(workflowId, runId, RetryResult.AlreadyRetried, current.RunId, "it has a later run, which is "
                    + $"{current.Status}.")
                : IsRetried(current.Status)
                    ? await ResetAsync(workflowId, runId, cancellationToken).ConfigureAwait(false)
                    : new(workflowId, runId, RetryResult.NotFailed, null, $"it is {current.Status}.");
        }
        catch (RpcException gone) when (gone.Code == RpcException.StatusCode.NotFound)
        {
            return new(workflowId, runId ?? "", RetryResult.Gone, null, "the server does not have it any more.");
        }
        catch (RpcException refused) when (
            refused.Code is RpcException.StatusCode.InvalidArgument or RpcException.StatusCode.FailedPrecondition)
        {
            return new(workflowId, runId ?? "", RetryResult.Refused, null, $"the server refuses it: {refused.Message}");
        }
    }

    /// <summary>Who canceled a workflow does not want it back: the request would cancel it again.</summary>
    private static bool IsRetried(WorkflowExecutionStatus status) => status is WorkflowExecutionStatus.Failed
        or WorkflowExecutionStatus.TimedOut or WorkflowExecutionStatus.Terminated;

    private async Task<RetryOutcome> ResetAsync(string workflowId, string runId, CancellationToken cancellationToken)
    {
        var history = await RunHistory.FetchAsync(client.GetWorkflowHandle(workflowId, runId), cancellationToken)
            .ConfigureAwait(false);
        var plan = RetryPlan.Of(history, options.From);
        if (plan.EventId is not { } eventId)
        {
            return new(workflowId, runId, RetryResult.Refused, null, plan.Why);
        }

        var response = await client.WorkflowService.ResetWorkflowExecutionAsync(
            new ResetWorkflowExecutionRequest
            {
                Namespace = client.Options.Namespace,
                WorkflowExecution = new() { WorkflowId = workflowId, RunId = runId },
                Reason = options.Reason,
                WorkflowTaskFinishEventId = eventId,
                RequestId = RequestId(runId),
                Identity = client.Connection.Options.Identity ?? "",
            },
            new() { CancellationToken = cancellationToken }).ConfigureAwait(false);
        return new(workflowId, runId, RetryResult.Retried, response.RunId, plan.Why);
    }

    /// <summary>The same for each retry of a run, by whomever: the server makes one new run of it.</summary>
    private static string RequestId(string runId) =>
        new Guid(SHA256.HashData(Encoding.UTF8.GetBytes($"aos.parking-lot {runId}")).AsSpan(0, 16)).ToString();
}
