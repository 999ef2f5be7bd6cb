using AugmentedOS.Pilot.Desk;
using AugmentedOS.Pilot.Workflows;
using AugmentedOS.Pilot.Workflows.Earlier;
using AugmentedOS.Workflows.Approvals;
using AugmentedOS.Workflows.Versioning;
using Microsoft.Extensions.Hosting;
using Temporalio.Client;
using Temporalio.Exceptions;

namespace AugmentedOS.Pilot.Approvers;

/// <summary>
/// Carries questions to the approver and decisions back: the desk's list says which claims wait, the claim itself what
/// is asked, and a decision is sent to it, all as any other program could do it.
/// </summary>
internal sealed class ApprovalClerk(ITemporalClient client, ExpenseDesk desk, IApprover approver, TimeProvider time)
    : BackgroundService
{
    private static readonly TimeSpan Rest = TimeSpan.FromMilliseconds(200);

    /// <summary>A worker that was just killed leaves a question unanswered; the others must not wait for it.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly HashSet<string> _decided = new(StringComparer.Ordinal);

    protected override async Task ExecuteAsync(CancellationToken cancelled)
    {
        var earlier = new InFlightRuns(client);
        while (!cancelled.IsCancellationRequested)
        {
            List<string> open = [.. desk.Waiting()];
            await foreach (var run in earlier.ListAsync(EarlierApproval.TypeName, cancelled))
            {
                open.Add(run.WorkflowId);
            }

            foreach (var id in open.Where(id => !_decided.Contains(id)))
            {
                if (await CarryAsync(id, cancelled))
                {
                    _decided.Add(id);
                }
            }

            await Task.Delay(Rest, time, cancelled);
        }
    }

    private async Task<bool> CarryAsync(string workflowId, CancellationToken cancelled)
    {
        var claim = client.GetWorkflowHandle<ReceiptClaim>(workflowId);
        var rpc = new RpcOptions { CancellationToken = cancelled, Timeout = Patience };
        try
        {
            var question = await claim.QueryAsync(asked => asked.Question(), new() { Rpc = rpc });
            if (question is not { Status.Outcome: null }
                || await approver.DecideAsync(question, cancelled) is not { } answer)
            {
                return false;
            }

            await new ApprovalClient(claim, ReceiptClaim.ApprovalName).SignalDecisionAsync(answer, new() { Rpc = rpc });
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
