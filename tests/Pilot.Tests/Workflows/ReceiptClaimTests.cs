using AugmentedOS.Pilot.Desk;
using AugmentedOS.Pilot.Receipts;
using AugmentedOS.Pilot.Tests.Receipts;
using AugmentedOS.Pilot.Workflows;
using Temporalio.Client;
using Temporalio.Exceptions;

namespace AugmentedOS.Pilot.Tests.Workflows;

public sealed class ReceiptClaimTests(PilotFixture pilot) : IClassFixture<PilotFixture>
{
    private static readonly TimeSpan Soon = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan Never = TimeSpan.FromHours(1);
    private static readonly WorkflowQueryOptions Briefly = new() { Rpc = new() { Timeout = TimeSpan.FromSeconds(2) } };

    private readonly string _number = Guid.NewGuid().ToString("N");

    [Fact]
    public async Task Claim_WhenSmallAndClean_ApprovesItselfAndIsPostedOnce()
    {
        var claim = await StartAsync(Sample.Receipt(number: _number));

        var outcome = await claim.GetResultAsync();

        Assert.Equal((ClaimStage.Posted, Money.Euro(12_40)), (outcome.Stage, outcome.Euro));
        Assert.EndsWith("approved by the rules.", outcome.Reason);
        Assert.Equal(1, PostingsOf(claim));
        Assert.Equal([MessageKind.Outcome], MessagesAbout(claim));
    }

    [Fact]
    public async Task Claim_WhenOverTheLimit_WaitsForAPersonAndIsPosted()
    {
        var claim = await StartAsync(Sample.Receipt(number: _number, minorUnits: 213_60));
        var status = await WaitForApprovalAsync(claim);

        await DecideAsync(claim, new Decision(true, "lead", "Fine."));
        var outcome = await claim.GetResultAsync();

        Assert.Equal("213.60 EUR is over the limit of 60.00 EUR for Meals.", Assert.Single(status.Request.Findings));
        Assert.Equal(ClaimStage.Posted, outcome.Stage);
        Assert.EndsWith("approved by lead.", outcome.Reason);
        Assert.Equal([MessageKind.Request, MessageKind.Outcome], MessagesAbout(claim));
    }

    [Fact]
    public async Task Claim_WhenAPersonSaysNo_IsRejectedAndTouchesNoMoney()
    {
        var before = pilot.Budget.Reserved("4300");
        var claim = await StartAsync(Sample.Receipt(number: _number, costCentre: "4300", purpose: "Champagne"));
        await WaitForApprovalAsync(claim);

        await DecideAsync(claim, new Decision(false, "lead", "Not paid."));
        var outcome = await claim.GetResultAsync();

        Assert.Equal((ClaimStage.Rejected, "lead: Not paid."), (outcome.Stage, outcome.Reason));
        Assert.Equal(before, pilot.Budget.Reserved("4300"));
        Assert.Equal(0, PostingsOf(claim));
    }

    [Fact]
    public async Task Claim_WhenNobodyAnswersAtFirst_IsRemindedThenEscalatedThenDecidedByTheManager()
    {
        var pace = Pace.ForScript with { RemindAfter = Soon, EscalateAfter = Soon, GiveUpAfter = Never };
        var claim = await StartAsync(Sample.Receipt(number: _number, minorUnits: 1184_00), pace);
        var status = await WaitForApprovalAsync(claim, ApprovalState.Escalated);

        await DecideAsync(claim, new Decision(true, status.WaitingFor, "Fine."));
        var outcome = await claim.GetResultAsync();

        Assert.Equal(ClaimStage.Posted, outcome.Stage);
        Assert.EndsWith($"approved by {Sample.Rules.Manager}.", outcome.Reason);
        Assert.Equal(
            [MessageKind.Request, MessageKind.Reminder, MessageKind.Escalation, MessageKind.Outcome],
            MessagesAbout(claim));
    }

    [Fact]
    public async Task Claim_WhenNobodyEverAnswers_IsRejected()
    {
        var pace = Pace.ForScript with { RemindAfter = Soon, EscalateAfter = Soon, GiveUpAfter = Soon };
        var claim = await StartAsync(Sample.Receipt(number: _number, minorUnits: 1184_00), pace);

        var outcome = await claim.GetResultAsync();

        Assert.Equal(
            (ClaimStage.Rejected, "Nobody: The time for a decision is over."), (outcome.Stage, outcome.Reason));
    }

    [Fact]
    public async Task Claim_WhenTwoDecisionsArrive_TheFirstCounts()
    {
        var claim = await StartAsync(Sample.Receipt(number: _number, minorUnits: 213_60));
        await WaitForApprovalAsync(claim);

        await DecideAsync(claim, new Decision(false, "lead", "No."));
        try
        {
            await DecideAsync(claim, new Decision(true, "manager", "Yes."));
        }
        catch (RpcException late) when (late.Code is RpcException.StatusCode.NotFound)
        {
            // The first decision has already ended the approval.
        }

        Assert.Equal("lead: No.", (await claim.GetResultAsync()).Reason);
    }

    [Fact]
    public async Task Claim_WhenTheLedgerRefusesIt_FailsAndGivesTheReservationBack()
    {
        var before = pilot.Budget.Reserved("4700");
        var claim = await StartAsync(Sample.Receipt(number: _number, costCentre: "4700"));

        var outcome = await claim.GetResultAsync();

        Assert.Equal(ClaimStage.Failed, outcome.Stage);
        Assert.Equal(
            "Cost centre 4700 is closed in the ledger. The reserved money was given back.", outcome.Reason);
        Assert.Equal(before, pilot.Budget.Reserved("4700"));
        Assert.Equal(0, PostingsOf(claim));
    }

    [Fact]
    public async Task Claim_WhenTheBudgetIsExhausted_IsRejected()
    {
        var claim = await StartAsync(
            Sample.Receipt("Office Dietz", _number, minorUnits: 100_01, costCentre: "4500"));
        await WaitForApprovalAsync(claim);
        await DecideAsync(claim, new Decision(true, "lead", "Fine."));

        var outcome = await claim.GetResultAsync();

        Assert.Equal("The budget of cost centre 4500 does not hold 100.01 EUR any more.", outcome.Reason);
    }

    [Fact]
    public async Task Claim_WhenTheSamePurchaseCameBefore_IsADuplicateAndPostsNothing()
    {
        var first = await StartAsync(Sample.Receipt(number: _number));
        await first.GetResultAsync();
        var second = await StartAsync(Sample.Receipt("CAFE CENTRAL", _number), file: "again.eml");

        var outcome = await second.GetResultAsync();

        Assert.Equal(ClaimStage.Duplicate, outcome.Stage);
        Assert.Contains("“bon.pdf”", outcome.Reason);
        Assert.Equal(0, PostingsOf(second));
    }

    [Theory]
    [InlineData("4100", "KZT", "There is no exchange rate for KZT on 2026-03-14.")]
    [InlineData("4990", "EUR", "There is no cost centre 4990.")]
    public async Task Claim_WhenItCannotBePaid_IsRejectedAtOnce(string costCentre, string currency, string reason)
    {
        var claim = await StartAsync(Sample.Receipt(number: _number, currency: currency, costCentre: costCentre));

        Assert.Equal((ClaimStage.Rejected, reason), Of(await claim.GetResultAsync()));
    }

    private static (ClaimStage, string) Of(ClaimOutcome outcome) => (outcome.Stage, outcome.Reason);

    private async Task<WorkflowHandle<ReceiptClaim, ClaimOutcome>> StartAsync(
        Receipt receipt, Pace? pace = null, string file = "bon.pdf")
    {
        var request = new ClaimRequest(file, null, receipt, pace ?? Pace.ForScript with { RemindAfter = Never });
        return await pilot.Client.StartWorkflowAsync(
            (ReceiptClaim claim) => claim.RunAsync(request), new($"claim {Guid.NewGuid()}", pilot.Options.TaskQueue));
    }

    private WorkflowHandle<Approval> ApprovalOf(WorkflowHandle claim) =>
        pilot.Client.GetWorkflowHandle<Approval>(ClaimId.OfApproval(claim.Id));

    private Task DecideAsync(WorkflowHandle claim, Decision decision) =>
        ApprovalOf(claim).SignalAsync(approval => approval.DecideAsync(decision));

    private async Task<ApprovalStatus> WaitForApprovalAsync(
        WorkflowHandle claim, ApprovalState state = ApprovalState.Asked)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (true)
        {
            try
            {
                var status = await ApprovalOf(claim).QueryAsync(approval => approval.Status(), Briefly);
                if (status.State == state)
                {
                    return status;
                }
            }
            catch (RpcException notYet) when (notYet.Code is RpcException.StatusCode.NotFound
                or RpcException.StatusCode.DeadlineExceeded)
            {
                // The claim has not got that far.
            }

            await Task.Delay(20, patience.Token);
        }
    }

    private int PostingsOf(WorkflowHandle claim) => pilot.Ledger.PostingsWith(claim.Id);

    private IEnumerable<MessageKind> MessagesAbout(WorkflowHandle claim) =>
        pilot.Desk.MessagesAbout(claim.Id).Select(message => message.Kind);
}
