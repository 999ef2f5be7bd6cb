using AugmentedOS.Pilot.Activities;
using AugmentedOS.Pilot.Desk;
using AugmentedOS.Pilot.Extraction;
using AugmentedOS.Pilot.Receipts;
using AugmentedOS.Pilot.Run;
using AugmentedOS.Pilot.Workflows;
using AugmentedOS.Workflows.Errors;
using AugmentedOS.Workflows.ParkingLot;
using Temporalio.Api.Enums.V1;
using Temporalio.Client;
using Temporalio.Exceptions;

namespace AugmentedOS.Pilot.Tests.Workflows;

public sealed class ReceiptReviewTests : PilotTest
{
    private const string Header = "Date;Merchant;Reference;Amount;Currency;Cost centre";

    private readonly string _tag = Guid.NewGuid().ToString("N")[..8];

    [Fact]
    public async Task Statement_WhenLinesDiffer_SettlesEachLineOnItsOwn()
    {
        var request = Write(
            $"{_tag}.csv",
            Header,
            $"14.03.2026;Cafe Central;A{_tag};12,40;EUR;4100",
            $"31.02.2026;Cafe Central;B{_tag};12,40;EUR;4100",
            $"14.03.2026;Taxi Ruf;C{_tag};20,00;EUR;4700",
            $"14.03.2026;Cafe Central;A{_tag};12,40;EUR;4100");

        var report = await (await StartAsync(request)).GetResultAsync();

        Assert.Equal(
            [ClaimStage.Duplicate, ClaimStage.Failed, ClaimStage.Posted],
            report.Claims.Select(claim => claim.Stage).OrderBy(stage => stage.ToString(), StringComparer.Ordinal));
        Assert.Equal(
            [new Rejection(RejectionCode.ImpossibleDate, "There is no such day as 31.02.2026.", 3)], report.Rejections);
    }

    [Fact]
    public async Task File_WhenItIsNoReceipt_IsRejectedWithAMessage()
    {
        var request = Write($"{_tag}.pdf", "not a PDF");

        var report = await (await StartAsync(request)).GetResultAsync();

        Assert.Equal(RejectionCode.WrongKind, Assert.Single(report.Rejections).Code);
        var message = Assert.Single(Desk.MessagesAbout(ClaimId.OfRejection(request.WorkflowId, 0)));
        Assert.StartsWith($"“{_tag}.pdf” was turned away.", message.Text);
    }

    [Fact]
    public async Task File_WhenItChangedSinceItWasReceived_IsRejected()
    {
        var request = Write($"{_tag}.csv", Header, $"14.03.2026;Cafe Central;A{_tag};12,40;EUR;4100");
        File.AppendAllText(request.Path, "14.03.2026;Cafe Central;X;1,00;EUR;4100\r\n");

        var report = await (await StartAsync(request)).GetResultAsync();

        Assert.Equal(RejectionCode.Vanished, Assert.Single(report.Rejections).Code);
    }

    [Fact]
    public async Task File_WhenItIsGone_IsRejected()
    {
        var request = Write($"{_tag}.csv", Header);
        File.Delete(request.Path);

        var report = await (await StartAsync(request)).GetResultAsync();

        Assert.Equal(RejectionCode.Vanished, Assert.Single(report.Rejections).Code);
    }

    [Fact]
    public async Task Review_WhenAClaimFailsForGood_SettlesTheOthersAndLeavesItToTheParkingLot()
    {
        Test.Activity((BookingActivities booking) => booking.Reserve(default!, default!, default!))
            .Throws(Fail.Poisoned("The budget's file is damaged."), times: 1)
            .Runs();
        var request = Write(
            "two.csv",
            Header,
            "14.03.2026;Cafe Central;A;12,40;EUR;4100",
            "14.03.2026;Cafe Central;B;13,40;EUR;4100");

        var report = await (await StartAsync(request)).GetResultAsync();

        Assert.Equal(ClaimStage.Posted, Assert.Single(report.Claims).Stage);
        var lot = new WorkflowParkingLot(Test.Client);
        var parked = new List<ParkedWorkflow>();
        await foreach (var found in lot.FindAsync())
        {
            parked.Add(found);
        }

        var claim = Test.Client.GetWorkflowHandle<ReceiptClaim, ClaimOutcome>(Assert.Single(parked).WorkflowId);
        await lot.RetryAsync(claim.Id);
        Assert.Equal(ClaimStage.Posted, (await claim.GetResultAsync()).Stage);
        Assert.Equal(Money.Euro(25_80), Budget.Reserved("4100"));
    }

    [Fact]
    public async Task File_WhenHandedInAgain_IsNotReviewedAgain()
    {
        var request = Write($"{_tag}.csv", Header, $"14.03.2026;Cafe Central;A{_tag};12,40;EUR;4100");
        await (await StartAsync(request)).GetResultAsync();

        await Assert.ThrowsAsync<WorkflowAlreadyStartedException>(() => StartAsync(request));
    }

    [Fact]
    public async Task Review_WhenAsked_SaysHowFarItIs()
    {
        var request = Write($"{_tag}.csv", Header, $"14.03.2026;Cafe Central;A{_tag};12,40;EUR;4100");
        var review = await StartAsync(request);
        await review.GetResultAsync();

        var status = await review.QueryAsync(workflow => workflow.Status());

        Assert.Equal(new ReviewStatus($"{_tag}.csv", true, 1, 0, 1), status);
    }

    private ReviewRequest Write(string name, params string[] lines)
    {
        var path = Path.Combine(Settings.Inbox, name);
        File.WriteAllText(path, string.Join("\r\n", lines) + "\r\n");
        return new InboxFolder(Settings.Inbox, Settings.Pace).Receive(new FileInfo(path));
    }

    private Task<WorkflowHandle<ReceiptReview, ReviewReport>> StartAsync(ReviewRequest request) =>
        Test.StartWorkflowAsync(
            (ReceiptReview review) => review.RunAsync(request),
            new(request.WorkflowId, Settings.TaskQueue) { IdReusePolicy = WorkflowIdReusePolicy.RejectDuplicate });
}
