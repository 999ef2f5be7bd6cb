using AugmentedOS.Pilot.Activities;
using AugmentedOS.Pilot.Budget;
using AugmentedOS.Pilot.Desk;
using AugmentedOS.Pilot.Exchange;
using AugmentedOS.Pilot.Ledger;
using AugmentedOS.Pilot.Policy;
using AugmentedOS.Pilot.Receipts;
using AugmentedOS.Pilot.Workflows.Earlier;
using AugmentedOS.Workflows.Approvals;
using AugmentedOS.Workflows.Errors;
using AugmentedOS.Workflows.Sagas;
using AugmentedOS.Workflows.Versioning;
using Temporalio.Exceptions;
using Temporalio.Workflows;

namespace AugmentedOS.Pilot.Workflows;

/// <summary>One receipt: check it, have it approved, book it, and tell its owner what became of it.</summary>
[Workflow]
internal sealed class ReceiptClaim
{
    /// <summary>The name that the approval answers by.</summary>
    public const string ApprovalName = "approval";

    private static readonly WorkflowPatch AsksItself =
        new("claim-asks-itself", "A claim asks people itself; before, a child workflow of the type Approval did");

    private readonly ClaimRequest _request;
    private readonly Steps _steps;
    private readonly string _id = Workflow.Info.WorkflowId;
    private ClaimStage _stage = ClaimStage.Extracted;
    private Func<Question>? _question;

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

    /// <summary>What a person was asked; null when nobody was.</summary>
    [WorkflowQuery]
    public Question? Question() => _question?.Invoke();

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
                var decision = await AskAsync(findings, policy.Result, inEuro.Euro);
                var outcome = decision.Verdict is ApprovalVerdict.Approve
                    ? await BookAsync(policy.Result, inEuro, $"approved by {decision.By}")
                    : new ClaimOutcome(ClaimStage.Rejected, $"{decision.By}: {decision.Comment}", inEuro.Euro);
                return outcome with { Decision = decision };

            case Triage.ApprovesItself(var inEuro):
                return await BookAsync(policy.Result, inEuro, "small and clean, approved by the rules");

            case var unknown:
                throw new InvalidOperationException($"Unknown triage {unknown}.");
        }
    }

    /// <summary>Asks the approver, reminds once, asks the manager as well, and gives up.</summary>
    private async Task<ApprovalDecision> AskAsync(IReadOnlyList<string> findings, PolicyVerdict policy, Money euro)
    {
        _stage = ClaimStage.Waiting;
        if (!AsksItself.IsApplied())
        {
            return await EarlierApproval.AskAsync(new EarlierRequest(
                _id, _request.Summary, euro, findings, policy.Approver, policy.Manager, _request.Pace));
        }

        var pace = _request.Pace;
        var options = new ApprovalOptions
        {
            Deciders = [policy.Approver],
            RemindEvery = pace.RemindAfter,
            MaxReminders = 1,
            EscalateAfter = pace.RemindAfter + pace.EscalateAfter,
            EscalateTo = [policy.Manager],
            Deadline = pace.RemindAfter + pace.EscalateAfter + pace.GiveUpAfter,
        };
        var approval = new Approval(ApprovalName, options, TellAsync);
        _question = () => new Question(_id, _request.Summary, euro, findings, approval.Status);
        return (await approval.WaitAsync()).Decisions is [.., var decision]
            ? decision
            : new("Nobody", ApprovalVerdict.Reject, Workflow.UtcNow, "The time for a decision is over.");
    }

    private Task TellAsync(ApprovalNotice notice, CancellationToken cancelled)
    {
        var kind = Enum.Parse<MessageKind>(notice.Kind.ToString());
        var message = new Message(kind, string.Join(", ", notice.To), Wording.OfQuestion(kind, Question()!));
        return Workflow.ExecuteActivityAsync(
            (DeskActivities desk) => desk.Notify(_id, message), _steps.Until(cancelled));
    }

    /// <summary>Two services, one outcome: reserve, then post; if that is refused, give the money back.</summary>
    private async Task<ClaimOutcome> BookAsync(PolicyVerdict policy, Conversion conversion, string approval)
    {
        // Nothing else undoes it: as long as the ledger has not said no, it may have said yes.
        var undo = new SagaOptions { Activity = _steps.Money, IsFailure = IsRefusal };
        try
        {
            return await Saga.RunAsync(saga => ReserveAndPostAsync(saga, policy, conversion, approval), undo);
        }
        catch (ActivityFailureException refused) when (IsRefusal(refused))
        {
            var reason = $"{WorkflowError.From(refused).Message} The reserved money was given back.";
            return new ClaimOutcome(ClaimStage.Failed, reason, conversion.Euro);
        }
    }

    private async Task<ClaimOutcome> ReserveAndPostAsync(
        Saga saga, PolicyVerdict policy, Conversion conversion, string approval)
    {
        var (receipt, euro) = (_request.Receipt, conversion.Euro);
        saga.Compensate("reservation", undo => Workflow.ExecuteActivityAsync(
            (BookingActivities booking) => booking.Release(_id), undo.Activity()));
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
        var number = await Workflow.ExecuteActivityAsync(
            (BookingActivities booking) => booking.Post(posting), _steps.Money);
        return new ClaimOutcome(ClaimStage.Posted, $"Posting {number}, {approval}.", euro);
    }

    private static bool IsRefusal(Exception failure) => failure.HasCode(BookingActivities.PostingRefused);
}
