using AugmentedOS.Pilot.Activities;
using AugmentedOS.Pilot.Desk;
using AugmentedOS.Pilot.Receipts;
using AugmentedOS.Pilot.Tests.Receipts;
using AugmentedOS.Pilot.Workflows;
using AugmentedOS.Testing.Histories;
using AugmentedOS.Workflows.Approvals;
using AugmentedOS.Workflows.Errors;
using AugmentedOS.Workflows.ParkingLot;
using Temporalio.Client;
using Temporalio.Exceptions;

namespace AugmentedOS.Pilot.Tests.Workflows;

public sealed class ReceiptClaimTests : PilotTest
{
    private static readonly string Lead = Sample.Rules.Approver;
    private static readonly string Manager = Sample.Rules.Manager;
    private static readonly TimeSpan Moment = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task Claim_WhenSmallAndClean_ApprovesItselfAndIsPostedOnce()
    {
        var claim = await StartAsync(Sample.Receipt());

        var outcome = await claim.GetResultAsync();

        Assert.Equal((ClaimStage.Posted, Money.Euro(12_40)), (outcome.Stage, outcome.Euro));
        Assert.EndsWith("approved by the rules.", outcome.Reason);
        Assert.Equal(1, PostingsOf(claim));
        Assert.Equal([MessageKind.Outcome], MessagesAbout(claim));
        await Test.MatchesGoldenAsync(claim);
    }

    [Fact]
    public async Task Claim_WhenOverTheLimit_WaitsForAPersonAndIsPosted()
    {
        var claim = await StartAsync(Sample.Receipt(minorUnits: 213_60));
        var question = await QuestionAfterAsync(claim, Moment);

        await ApprovalOf(claim).ApproveAsync(Lead, "Fine.");
        var outcome = await claim.GetResultAsync();

        Assert.Equal("213.60 EUR is over the limit of 60.00 EUR for Meals.", Assert.Single(question.Findings));
        Assert.Equal(ClaimStage.Posted, outcome.Stage);
        Assert.EndsWith($"approved by {Lead}.", outcome.Reason);
        Assert.Equal([MessageKind.Request, MessageKind.Outcome], MessagesAbout(claim));
        Assert.Equal((Lead, ApprovalVerdict.Approve, "Fine."), (outcome.Decision!.By, outcome.Decision.Verdict, outcome.Decision.Comment));
        Assert.InRange(outcome.Decision.At, question.Status.AskedAt!.Value, await Test.GetCurrentTimeAsync());
        await Test.MatchesGoldenAsync(claim);
    }

    [Fact]
    public async Task Claim_WhenAPersonSaysNo_IsRejectedAndTouchesNoMoney()
    {
        var claim = await StartAsync(Sample.Receipt(costCentre: "4300", purpose: "Champagne"));
        await QuestionAfterAsync(claim, Moment);

        await ApprovalOf(claim).RejectAsync(Lead, "Not paid.");
        var outcome = await claim.GetResultAsync();

        Assert.Equal((ClaimStage.Rejected, $"{Lead}: Not paid."), (outcome.Stage, outcome.Reason));
        Assert.Equal(Money.Euro(0), Budget.Reserved("4300"));
        Assert.Equal(0, PostingsOf(claim));
        (await claim.FetchHistoryAsync()).Should().HaveScheduled("Reserve", times: 0);
    }

    [Fact]
    public async Task Claim_WhenSomebodyElseDecides_WaitsOn()
    {
        var claim = await StartAsync(Sample.Receipt(minorUnits: 213_60));
        await QuestionAfterAsync(claim, Moment);

        var refusal = await Assert.ThrowsAsync<WorkflowUpdateFailedException>(() => ApprovalOf(claim).ApproveAsync(Manager));

        Assert.Equal(ErrorKind.Unauthorized, WorkflowError.From(refusal).Kind);
        Assert.Equal(ClaimStage.Waiting, await claim.QueryAsync(workflow => workflow.Stage()));
    }

    [Fact]
    public async Task Claim_WhenNobodyAnswersAtFirst_IsRemindedThenEscalatedThenDecidedByTheManager()
    {
        var claim = await StartAsync(Sample.Receipt(minorUnits: 1184_00));
        Assert.Equal(Lead, (await QuestionAfterAsync(claim, Settings.Pace.RemindAfter)).WaitingFor);
        var question = await QuestionAfterAsync(claim, Settings.Pace.EscalateAfter + Moment);

        await ApprovalOf(claim).ApproveAsync(question.WaitingFor, "Fine.");
        var outcome = await claim.GetResultAsync();

        Assert.Equal((Manager, 1), (question.WaitingFor, question.Status.Reminders));
        Assert.Equal(ClaimStage.Posted, outcome.Stage);
        Assert.EndsWith($"approved by {Manager}.", outcome.Reason);
        Assert.Equal(
            [MessageKind.Request, MessageKind.Reminder, MessageKind.Escalation, MessageKind.Outcome],
            MessagesAbout(claim));
        Assert.StartsWith($"{Lead} has not answered. Please decide on", Desk.MessagesAbout(claim.Id)[2].Text);
    }

    [Fact]
    public async Task Claim_WhenNobodyEverAnswers_IsRejected()
    {
        var began = await Test.GetCurrentTimeAsync();
        var claim = await StartAsync(Sample.Receipt(minorUnits: 1184_00));

        var outcome = await claim.GetResultAsync();

        Assert.Equal(
            (ClaimStage.Rejected, "Nobody: The time for a decision is over."), (outcome.Stage, outcome.Reason));
        Assert.Equal(10, Math.Round((await Test.GetCurrentTimeAsync() - began).TotalDays, 1));
    }

    [Fact]
    public async Task Claim_WhenTwoDecisionsArrive_TheFirstCounts()
    {
        var claim = await StartAsync(Sample.Receipt(minorUnits: 213_60));
        await QuestionAfterAsync(claim, Moment);
        Test.DeliverTwice($"{ReceiptClaim.ApprovalName}.decide");

        await ApprovalOf(claim).SignalDecisionAsync(new(Lead, ApprovalVerdict.Reject, "No."));
        try
        {
            await ApprovalOf(claim).SignalDecisionAsync(new(Lead, ApprovalVerdict.Approve, "Yes."));
        }
        catch (RpcException late) when (late.Code is RpcException.StatusCode.NotFound)
        {
            // The first decision has already ended the claim.
        }

        Assert.Equal($"{Lead}: No.", (await claim.GetResultAsync()).Reason);
    }

    [Fact]
    public async Task Claim_WhenItsWorkerDiesWhileAPersonIsAsked_GoesOnFromThere()
    {
        var claim = await StartAsync(Sample.Receipt(minorUnits: 213_60));
        await QuestionAfterAsync(claim, Moment);

        await Test.RestartWorkerAsync();
        await ApprovalOf(claim).ApproveAsync(Lead);

        Assert.Equal(ClaimStage.Posted, (await claim.GetResultAsync()).Stage);
        Assert.Equal([MessageKind.Request, MessageKind.Outcome], MessagesAbout(claim));
    }

    [Fact]
    public async Task Claim_WhenTheLedgerRefusesIt_FailsAndGivesTheReservationBack()
    {
        var claim = await StartAsync(Sample.Receipt(costCentre: "4700"));

        var outcome = await claim.GetResultAsync();

        Assert.Equal(ClaimStage.Failed, outcome.Stage);
        Assert.Equal(
            "Cost centre 4700 is closed in the ledger. The reserved money was given back.", outcome.Reason);
        Assert.Equal(Money.Euro(0), Budget.Reserved("4700"));
        Assert.Equal(0, PostingsOf(claim));
        (await claim.FetchHistoryAsync()).Should().HaveInOrder(
            HistoryStep.Activity("Reserve"), HistoryStep.Activity("Post"), HistoryStep.Activity("Release"));
        await Test.MatchesGoldenAsync(claim);
    }

    [Fact]
    public async Task Claim_WhenTheLedgerIsDownForAWeek_IsPostedThen()
    {
        var post = Test.Activity((BookingActivities booking) => booking.Post(default!))
            .Throws(Fail.DependencyDown("The ledger is being moved.").WithRetryAfter(TimeSpan.FromDays(1)), times: 7)
            .Runs();

        var outcome = await (await StartAsync(Sample.Receipt())).GetResultAsync();

        Assert.Equal(ClaimStage.Posted, outcome.Stage);
        post.WasCalled(times: 8);
    }

    [Fact]
    public async Task Claim_WhenAStepFailsForGood_WaitsInTheParkingLotAndIsRetriedFromThatStep()
    {
        Test.Activity((BookingActivities booking) => booking.Post(default!))
            .Throws(Fail.Poisoned("The ledger's file is damaged."), times: 1)
            .Runs();
        var claim = await StartAsync(Sample.Receipt(costCentre: "4200"));
        await Assert.ThrowsAsync<WorkflowFailedException>(() => claim.GetResultAsync());
        var lot = new WorkflowParkingLot(Test.Client);

        // As long as the ledger has not said no, it may have said yes.
        Assert.Equal(Money.Euro(12_40), Budget.Reserved("4200"));
        Assert.Contains("The ledger's file is damaged.", (await lot.ExplainAsync(claim.Id)).ToString(), StringComparison.Ordinal);
        Assert.Equal(RetryResult.Retried, (await lot.RetryAsync(claim.Id)).Result);
        var retried = Test.Client.GetWorkflowHandle<ReceiptClaim, ClaimOutcome>(claim.Id);

        Assert.Equal(ClaimStage.Posted, (await retried.GetResultAsync()).Stage);
        Assert.Equal((1, Money.Euro(12_40)), (PostingsOf(claim), Budget.Reserved("4200")));
    }

    [Fact]
    public async Task Claim_WhenTheBudgetIsExhausted_IsRejected()
    {
        var claim = await StartAsync(Sample.Receipt("Office Dietz", minorUnits: 100_01, costCentre: "4500"));
        await QuestionAfterAsync(claim, Moment);
        await ApprovalOf(claim).ApproveAsync(Lead, "Fine.");

        var outcome = await claim.GetResultAsync();

        Assert.Equal("The budget of cost centre 4500 does not hold 100.01 EUR any more.", outcome.Reason);
    }

    [Fact]
    public async Task Claim_WhenTheSamePurchaseCameBefore_IsADuplicateAndPostsNothing()
    {
        var first = await StartAsync(Sample.Receipt());
        await first.GetResultAsync();
        var second = await StartAsync(Sample.Receipt("CAFE CENTRAL"), "again.eml");

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
        var claim = await StartAsync(Sample.Receipt(currency: currency, costCentre: costCentre));

        var outcome = await claim.GetResultAsync();

        Assert.Equal((ClaimStage.Rejected, reason), (outcome.Stage, outcome.Reason));
    }

    private static ApprovalClient ApprovalOf(WorkflowHandle claim) => new(claim, ReceiptClaim.ApprovalName);

    private async Task<WorkflowHandle<ReceiptClaim, ClaimOutcome>> StartAsync(Receipt receipt, string file = "bon.pdf")
    {
        var request = new ClaimRequest(file, null, receipt, Settings.Pace);
        return await Test.StartWorkflowAsync((ReceiptClaim claim) => claim.RunAsync(request));
    }

    /// <summary>What is asked when so much time has passed; steps are done by then, since time waits for them.</summary>
    private async Task<Question> QuestionAfterAsync(WorkflowHandle<ReceiptClaim> claim, TimeSpan time)
    {
        await Test.DelayAsync(time);
        return (await claim.QueryAsync(workflow => workflow.Question()))!;
    }

    private int PostingsOf(WorkflowHandle claim) => Ledger.PostingsWith(claim.Id);

    private IEnumerable<MessageKind> MessagesAbout(WorkflowHandle claim) =>
        Desk.MessagesAbout(claim.Id).Select(message => message.Kind);
}
