using AugmentedOS.Pilot.Activities;
using AugmentedOS.Pilot.Budget;
using AugmentedOS.Pilot.Desk;
using AugmentedOS.Pilot.Exchange;
using AugmentedOS.Pilot.Ledger;
using AugmentedOS.Pilot.Policy;
using Temporalio.Exceptions;
using Temporalio.Workflows;

namespace AugmentedOS.Pilot.Workflows;

/// <summary>One receipt: check it, have it approved, book it, and tell its owner what became of it.</summary>
[Workflow]
internal sealed class ReceiptClaim
{
    private readonly ClaimRequest _request;
    private readonly Steps _steps;
    private readonly string _id = Workflow.Info.WorkflowId;
    private ClaimStage _stage = ClaimStage.Extracted;

    [WorkflowInit]
    public ReceiptClaim(ClaimRequest request)
    {
        _request = request;
        _steps = new Steps(request.Pace);
    }

    [WorkflowRun]
    public async Task<ClaimOutcome> RunAsync(ClaimRequest request)
    {
        var outcome = await SettleAsync();
        await Workflow.ExecuteActivityAsync((DeskActivities desk) => desk.Settle(request, outcome), _steps.Ordinary);
        _stage = outcome.Stage;
        return outcome;
    }

    [WorkflowQuery]
    public ClaimStage Stage() => _stage;

    private async Task<ClaimOutcome> SettleAsync()
    {
        var duplicate = Workflow.ExecuteActivityAsync(
            (CheckActivities checks) => checks.FindEarlierClaim(_request), _steps.Ordinary);
        var policy = Workflow.ExecuteActivityAsync(
            (CheckActivities checks) => checks.CheckPolicy(_request.Receipt), _steps.Ordinary);
        var conversion = Workflow.ExecuteActivityAsync(
            (CheckActivities checks) => checks.ConvertToEuro(_request.Receipt), _steps.Ordinary);
        await Workflow.WhenAllAsync(duplicate, policy, conversion);

        switch (Triage.Of(_request.Receipt, duplicate.Result, policy.Result, conversion.Result))
        {
            case Triage.TurnAway(var stage, var reason):
                return new ClaimOutcome(stage, reason, conversion.Result?.Euro);

            case Triage.AskAPerson(var findings, var inEuro):
                var decision = await AskAsync(findings, policy.Result, inEuro);
                return decision.Approved
                    ? await BookAsync(policy.Result, inEuro, $"approved by {decision.By}")
                    : new ClaimOutcome(ClaimStage.Rejected, $"{decision.By}: {decision.Comment}", inEuro.Euro);

            case Triage.ApprovesItself(var inEuro):
                return await BookAsync(policy.Result, inEuro, "small and clean, approved by the rules");

            case var unknown:
                throw new InvalidOperationException($"Unknown triage {unknown}.");
        }
    }

    private async Task<Decision> AskAsync(IReadOnlyList<string> findings, PolicyVerdict policy, Conversion conversion)
    {
        _stage = ClaimStage.Waiting;
        var question = new ApprovalRequest(
            _id, _request.Summary, conversion.Euro, findings, policy.Approver, policy.Manager, _request.Pace);
        return await Workflow.ExecuteChildWorkflowAsync(
            (Approval approval) => approval.RunAsync(question), new() { Id = ClaimId.OfApproval(_id) });
    }

    /// <summary>Two services, one outcome: reserve, then post; if that is refused, give the money back.</summary>
    private async Task<ClaimOutcome> BookAsync(PolicyVerdict policy, Conversion conversion, string approval)
    {
        var (receipt, euro) = (_request.Receipt, conversion.Euro);
        var reservation = await Workflow.ExecuteActivityAsync(
            (BookingActivities booking) => booking.Reserve(_id, receipt.CostCentre, euro), _steps.Money);
        if (reservation is not ReservationAnswer.Reserved)
        {
            var reason = $"The budget of cost centre {receipt.CostCentre} does not hold {euro} any more.";
            return new ClaimOutcome(ClaimStage.Rejected, reason, euro);
        }

        var posting = new Posting(
            _id,
            receipt.Date,
            _request.Summary,
            receipt.CostCentre,
            policy.Account,
            euro,
            receipt.Total,
            conversion.UnitsPerEuro);
        try
        {
            var number = await Workflow.ExecuteActivityAsync(
                (BookingActivities booking) => booking.Post(posting), _steps.Money);
            return new ClaimOutcome(ClaimStage.Posted, $"Posting {number}, {approval}.", euro);
        }
        catch (ActivityFailureException failure)
        {
            await Workflow.ExecuteActivityAsync((BookingActivities booking) => booking.Release(_id), _steps.Money);
            var reason = failure.InnerException?.Message ?? failure.Message;
            return new ClaimOutcome(ClaimStage.Failed, $"{reason} The reserved money was given back.", euro);
        }
    }
}
