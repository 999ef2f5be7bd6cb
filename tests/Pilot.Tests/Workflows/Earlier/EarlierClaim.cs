using AugmentedOS.Pilot.Activities;
using AugmentedOS.Pilot.Workflows;
using AugmentedOS.Pilot.Workflows.Earlier;
using Temporalio.Workflows;

namespace AugmentedOS.Pilot.Tests.Workflows.Earlier;

/// <summary>What an earlier pilot's claim did until somebody decided.</summary>
[Workflow(nameof(ReceiptClaim))]
internal sealed class EarlierClaim
{
    [WorkflowRun]
    public async Task RunAsync(ClaimRequest request)
    {
        var id = Workflow.Info.WorkflowId;
        var steps = new Steps(request.Pace);
        var duplicate = Workflow.ExecuteActivityAsync(
            (CheckActivities checks) => checks.FindEarlierClaim(request), steps.Ordinary);
        var policy = Workflow.ExecuteActivityAsync(
            (CheckActivities checks) => checks.CheckPolicy(request.Receipt), steps.Ordinary);
        var conversion = Workflow.ExecuteActivityAsync(
            (CheckActivities checks) => checks.ConvertToEuro(request.Receipt), steps.Ordinary);
        await Workflow.WhenAllAsync(duplicate, policy, conversion);

        var euro = conversion.Result!.Euro;
        string[] findings = [$"{euro} is over the limit."];
        var (approver, manager) = (policy.Result.Approver, policy.Result.Manager);
        await Workflow.ExecuteChildWorkflowAsync(
            EarlierApproval.TypeName,
            [new EarlierRequest(id, request.Summary, euro, findings, approver, manager, request.Pace)],
            new() { Id = $"{id}/approval" });
    }
}
