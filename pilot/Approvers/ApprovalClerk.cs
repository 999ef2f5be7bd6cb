using AugmentedOS.Pilot.Workflows;
using Microsoft.Extensions.Hosting;
using Temporalio.Client;
using Temporalio.Exceptions;

namespace AugmentedOS.Pilot.Approvers;

/// <summary>
/// Carries questions to the approver and decisions back, with nothing but the public client: list, query, signal.
/// </summary>
internal sealed class ApprovalClerk(ITemporalClient client, IApprover approver, TimeProvider time) : BackgroundService
{
    private const string Open = $"WorkflowType = '{nameof(Approval)}' AND ExecutionStatus = 'Running'";

    private static readonly TimeSpan Rest = TimeSpan.FromMilliseconds(200);

    /// <summary>A worker that was just killed leaves a question unanswered; the others must not wait for it.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly HashSet<string> _decided = new(StringComparer.Ordinal);

    protected override async Task ExecuteAsync(CancellationToken cancelled)
    {
        var listing = new WorkflowListOptions { Rpc = new() { CancellationToken = cancelled } };
        while (!cancelled.IsCancellationRequested)
        {
            await foreach (var open in client.ListWorkflowsAsync(Open, listing))
            {
                if (!_decided.Contains(open.Id) && await CarryAsync(open.Id, cancelled))
                {
                    _decided.Add(open.Id);
                }
            }

            await Task.Delay(Rest, time, cancelled);
        }
    }

    private async Task<bool> CarryAsync(string workflowId, CancellationToken cancelled)
    {
        var handle = client.GetWorkflowHandle<Approval>(workflowId);
        var rpc = new RpcOptions { CancellationToken = cancelled, Timeout = Patience };
        try
        {
            var question = await handle.QueryAsync(approval => approval.Status(), new() { Rpc = rpc });
            if (await approver.DecideAsync(question, cancelled) is not { } decision)
            {
                return false;
            }

            await handle.SignalAsync(approval => approval.DecideAsync(decision), new() { Rpc = rpc });
            return true;
        }
        catch (RpcException gone) when (gone.Code is RpcException.StatusCode.NotFound)
        {
            return true;
        }
        catch (RpcException notNow) when (IsForLater(notNow.Code) && !cancelled.IsCancellationRequested)
        {
            return false;
        }
    }

    /// <summary>The client reports its own patience's end as cancelled.</summary>
    private static bool IsForLater(RpcException.StatusCode code) => code is RpcException.StatusCode.DeadlineExceeded
        or RpcException.StatusCode.Cancelled
        or RpcException.StatusCode.Unavailable
        or RpcException.StatusCode.ResourceExhausted
        or RpcException.StatusCode.FailedPrecondition;
}
