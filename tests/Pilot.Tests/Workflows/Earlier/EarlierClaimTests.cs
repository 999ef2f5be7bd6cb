using AugmentedOS.Pilot.Approvers;
using AugmentedOS.Pilot.Desk;
using AugmentedOS.Pilot.Tests.Receipts;
using AugmentedOS.Pilot.Workflows;
using AugmentedOS.Pilot.Workflows.Earlier;
using AugmentedOS.Testing;
using AugmentedOS.Testing.Histories;
using AugmentedOS.Workflows.Approvals;
using AugmentedOS.Workflows.Replay;
using AugmentedOS.Workflows.Versioning;
using Temporalio.Client;
using Temporalio.Worker;

namespace AugmentedOS.Pilot.Tests.Workflows.Earlier;

/// <summary>Claims and reviews that an earlier pilot began go on.</summary>
public sealed class EarlierClaimTests : PilotTest
{
    private static readonly string Folder = Path.Combine("Workflows", "Earlier", "Histories");

    /// <summary>This test's own worker knows only the earlier claim.</summary>
    protected override WorkflowTestOptions Options => new() { Replays = false };

    [Fact]
    public async Task Histories_WhenAnEarlierPilotWroteThem_AreReplayedByThisOne()
    {
        var report = await HistoryReplay.RunAsync(
            WorkflowBuild.Of(typeof(ReceiptClaim).Assembly),
            new FolderHistories(Path.Combine(AppContext.BaseDirectory, Folder)),
            cancellationToken: TestContext.Current.CancellationToken);

        Assert.Empty(report.Failed);
        Assert.Equal(6, report.Runs.Count);

        // Each history that comes to the patch is on its old branch, and one does.
        Assert.Contains("new", Assert.Single(report.UncoveredBranches), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Claim_WhenAnEarlierPilotLeftItWaiting_IsDecidedAndPostedByThisOne(bool asBefore)
    {
        var claim = await AskByChildAsync();
        var approval = Test.Client.GetWorkflowHandle<EarlierApproval>($"{claim.Id}/approval");

        var outcome = await WithThePilotsWorkerAsync(async () =>
        {
            Assert.Equal(Sample.Rules.Approver, (await approval.QueryAsync(asked => asked.Question())).WaitingFor);
            await (asBefore
                ? approval.SignalAsync(asked => asked.DecideAsync(new EarlierDecision(true, "lead", "Fine.")))
                : new ApprovalClient(approval, ReceiptClaim.ApprovalName)
                    .SignalDecisionAsync(new("lead", ApprovalVerdict.Approve, "Fine.")));
            return await claim.GetResultAsync<ClaimOutcome>();
        });

        Assert.Equal(ClaimStage.Posted, outcome.Stage);
        Assert.Equal(("lead", "Fine."), (outcome.Decision!.By, outcome.Decision.Comment));
        Assert.Equal(1, Ledger.PostingsWith(claim.Id));
        (await claim.FetchHistoryAsync()).Should().HaveStartedChild("Approval", times: 1);
    }

    [Fact]
    public async Task Clerk_WhenAnEarlierPilotLeftAQuestion_CarriesItToTheApprover()
    {
        var claim = await AskByChildAsync();
        using var clerk = new ApprovalClerk(Test.Client, Desk, new ScriptedApprover(), TimeProvider.System);

        var outcome = await WithThePilotsWorkerAsync(async () =>
        {
            await clerk.StartAsync(CancellationToken.None);
            await Test.WaitForAsync(
                Test.Client.GetWorkflowHandle($"{claim.Id}/approval"), HistoryStep.Signal($"{ReceiptClaim.ApprovalName}.decide"));
            var ended = await claim.GetResultAsync<ClaimOutcome>();
            await clerk.StopAsync(CancellationToken.None);
            return ended;
        });

        Assert.EndsWith($"approved by {Sample.Rules.Approver}.", outcome.Reason);
    }

    [Fact]
    public async Task Patch_WhenAnEarlierClaimIsOpen_IsKept()
    {
        var claim = await AskByChildAsync();

        var usage = Assert.Single(await new PatchRegistry(Test.Client, PatchCatalog.Of(typeof(ReceiptClaim).Assembly)).InspectAsync(
            cancellationToken: TestContext.Current.CancellationToken));

        Assert.Equal(PatchState.Active, usage.State);
        Assert.Equal(claim.Id, Assert.Single(usage.Examples).WorkflowId);
    }

    protected override void AddTo(TemporalWorkerOptions worker)
    {
        base.AddTo(worker);
        worker.Workflows.Remove(worker.Workflows.Single(workflow => workflow.Name == nameof(ReceiptClaim)));
        worker.AddWorkflow<EarlierClaim>();
    }

    /// <summary>A claim that waits for its child, and whose worker is gone.</summary>
    private async Task<WorkflowHandle> AskByChildAsync()
    {
        var request = new ClaimRequest("bon.pdf", null, Sample.Receipt(minorUnits: 213_60), Settings.Pace);
        var claim = await Test.StartWorkflowAsync((EarlierClaim earlier) => earlier.RunAsync(request));
        await Test.DelayAsync(TimeSpan.FromMinutes(1));
        await Test.StopWorkerAsync();
        return claim;
    }

    private async Task<T> WithThePilotsWorkerAsync<T>(Func<Task<T>> act)
    {
        var options = new TemporalWorkerOptions(Test.TaskQueue);
        base.AddTo(options);
        using var worker = new TemporalWorker(Test.Client, options);
        return await worker.ExecuteAsync(act);
    }
}
