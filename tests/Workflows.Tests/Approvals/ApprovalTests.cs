using AugmentedOS.Workflows.Approvals;
using AugmentedOS.Workflows.Errors;
using Temporalio.Client;
using Temporalio.Exceptions;

namespace AugmentedOS.Workflows.Tests.Approvals;

/// <summary>Approvals through the official SDK, in skipped time; each run is replayed at the end.</summary>
public sealed class ApprovalTests
{
    private static readonly ApprovalOptions Two = new() { Deciders = ["ann", "bob"] };

    private readonly ExpenseWorkflow.Post _post = new();

    [Fact]
    public async Task Approval_WhenTheFirstDecides_EndsWithWhoAndWhen() =>
        await PlayAsync(Two, async (expense, approval) =>
        {
            await approval.ApproveAsync("bob", "fine");

            var result = await expense.GetResultAsync();
            Assert.True(result.IsApproved);
            Assert.Equal(
                ("bob", "fine", ApprovalVerdict.Approve),
                (result.Decisions[0].By, result.Decisions[0].Comment, result.Decisions[0].Verdict));
            Assert.InRange(result.Decisions[0].At, result.AskedAt!.Value, result.ClosedAt!.Value);
            Assert.Equal(["Request: ann, bob"], _post.Told);
        });

    [Fact]
    public async Task Decision_WhenItComesLate_IsRefused() => await PlayAsync(Two, async (expense, approval) =>
    {
        await approval.RejectAsync("bob");
        var refusal = await RefusalAsync(() => approval.ApproveAsync("ann"));

        // A workflow that has ended by then refuses for the server.
        Assert.True(
            refusal is RpcException || WorkflowError.From(refusal).Code == "approval.closed", refusal.ToString());
        var result = await expense.GetResultAsync();
        Assert.Equal(ApprovalOutcome.Rejected, result.Outcome);
        Assert.Single(result.Decisions);
    });

    [Fact]
    public async Task Decision_WhenItIsSomebodyElses_IsRefused() => await PlayAsync(Two, async (_, approval) =>
    {
        var error = WorkflowError.From(await RefusalAsync(() => approval.ApproveAsync("eve")));

        Assert.Equal((ErrorKind.Unauthorized, "approval.not-a-decider"), (error.Kind, error.Code));
        Assert.Contains(
            "eve does not decide on the approval 'expense'; ann, bob do.", error.Message, StringComparison.Ordinal);
        Assert.Null((await approval.StatusAsync()).Outcome);
    });

    [Fact]
    public async Task Approval_WhenItIsClaimed_KeepsOthersOutUntilItIsReleased() => await PlayAsync(
        Two with { NeedsClaim = true },
        async (expense, approval) =>
        {
            Assert.Equal("approval.unclaimed", await CodeAsync(() => approval.ApproveAsync("ann")));
            Assert.Equal("ann", (await approval.ClaimAsync("ann")).ClaimedBy);
            Assert.Equal("approval.claimed", await CodeAsync(() => approval.ClaimAsync("bob")));
            Assert.Equal("approval.claimed", await CodeAsync(() => approval.ApproveAsync("bob")));
            Assert.Equal("approval.not-claimed", await CodeAsync(() => approval.ReleaseAsync("bob")));
            await approval.ReleaseAsync("ann");
            await approval.ClaimAsync("bob");
            await approval.ApproveAsync("bob");
            Assert.True((await expense.GetResultAsync()).IsApproved);
        });

    [Fact]
    public async Task Approval_WhenItIsDelegated_IsDecidedOnBehalf() =>
        await PlayAsync(Two, async (expense, approval) =>
        {
            Assert.Equal("approval.delegation", await CodeAsync(() => approval.DelegateAsync("ann", "bob")));
            Assert.Equal("approval.delegation", await CodeAsync(() => approval.DelegateAsync("ann", " ")));
            Assert.Equal(["cem", "bob"], (await approval.DelegateAsync("ann", "cem")).Deciders);
            Assert.Equal("approval.not-a-decider", await CodeAsync(() => approval.ApproveAsync("ann")));
            await approval.DelegateAsync("cem", "dora");
            await approval.ApproveAsync("dora");

            var decision = Assert.Single((await expense.GetResultAsync()).Decisions);
            Assert.Equal(("dora", "ann"), (decision.By, decision.OnBehalfOf));
        });

    [Fact]
    public async Task Approval_WhenItNeedsAQuorum_WaitsForIt() => await PlayAsync(
        new() { Deciders = ["ann", "bob", "cem"], Quorum = 2 },
        async (expense, approval) =>
        {
            Assert.Null((await approval.ApproveAsync("cem")).Outcome);
            Assert.Equal("approval.decided", await CodeAsync(() => approval.ApproveAsync("cem")));
            Assert.Equal("approval.claim-with-quorum", await CodeAsync(() => approval.ClaimAsync("ann")));
            Assert.Equal(ApprovalOutcome.Approved, (await approval.ApproveAsync("ann")).Outcome);
            Assert.Equal(["cem", "ann"], (await expense.GetResultAsync()).Decisions.Select(decision => decision.By));
        });

    [Fact]
    public async Task Approval_WhenTheQuorumIsOutOfReach_IsRejected() => await PlayAsync(
        new() { Deciders = ["ann", "bob", "cem"], Quorum = 2, Rejections = 3 },
        async (expense, approval) =>
        {
            Assert.Null((await approval.RejectAsync("ann")).Outcome);
            Assert.Equal(ApprovalOutcome.Rejected, (await approval.RejectAsync("bob")).Outcome);
            await expense.GetResultAsync();
        });

    [Fact]
    public async Task Approval_WhenNobodyDecides_RemindsEscalatesAndExpires() => await PlayAsync(
        Two with
        {
            RemindEvery = TimeSpan.FromDays(1),
            EscalateAfter = TimeSpan.FromHours(36),
            EscalateTo = ["boss"],
            Deadline = TimeSpan.FromDays(3),
        },
        async (expense, _) =>
        {
            var result = await expense.GetResultAsync();

            Assert.Equal(
                ["Request: ann, bob", "Reminder: ann, bob", "Escalation: boss", "Reminder: ann, bob, boss"],
                _post.Told);
            Assert.Equal((ApprovalOutcome.Expired, 2), (result.Outcome!.Value, result.Reminders));
            Assert.Equal(TimeSpan.FromDays(3), Rounded(result.ClosedAt - result.AskedAt));
            Assert.Equal(TimeSpan.FromHours(36), Rounded(result.EscalatedAt - result.AskedAt));
        });

    [Fact]
    public async Task Approval_WhenItRemindsOnce_EscalatesAndExpiresWithoutAnother() => await PlayAsync(
        Two with
        {
            RemindEvery = TimeSpan.FromDays(1),
            MaxReminders = 1,
            EscalateAfter = TimeSpan.FromDays(3),
            EscalateTo = ["boss"],
            Deadline = TimeSpan.FromDays(10),
        },
        async (expense, _) =>
        {
            var result = await expense.GetResultAsync();

            Assert.Equal(["Request: ann, bob", "Reminder: ann, bob", "Escalation: boss"], _post.Told);
            Assert.Equal((ApprovalOutcome.Expired, 1), (result.Outcome!.Value, result.Reminders));
        });

    [Fact]
    public async Task Approval_WhenTheDeadlineMeansYes_IsApprovedByNobody() => await PlayAsync(
        Two with { Deadline = TimeSpan.FromDays(3), AtDeadline = ApprovalOutcome.Approved },
        async (expense, _) =>
        {
            var result = await expense.GetResultAsync();
            Assert.True(result.IsApproved);
            Assert.Empty(result.Decisions);
        });

    [Fact]
    public async Task Signal_WhenItIsNotAllowed_IsIgnored() => await PlayAsync(Two, async (expense, approval) =>
    {
        await approval.SignalDecisionAsync(new("eve", ApprovalVerdict.Reject));
        await approval.SignalDecisionAsync(new("ann", ApprovalVerdict.Approve));

        Assert.Equal("ann", Assert.Single((await expense.GetResultAsync()).Decisions).By);
    });

    [Fact]
    public async Task Approval_WhenNobodyCanBeTold_Fails() => await Scene.PlayAsync(
        worker => worker.AddWorkflow<ExpenseWorkflow>().AddAllActivities(new ExpenseWorkflow.Post { IsBroken = true }),
        async scene => Assert.Contains(
            "no post today",
            (await Assert.ThrowsAsync<WorkflowFailedException>(() => scene.Client.ExecuteWorkflowAsync(
                (ExpenseWorkflow workflow) => workflow.RunAsync(Two), scene.Options("expense")))).ToString(),
            StringComparison.Ordinal));

    [Fact]
    public async Task Approval_WhenTheWorkflowIsCancelled_EndsWithIt() => await PlayAsync(Two, async (expense, _) =>
    {
        await expense.CancelAsync();
        var failure = await Assert.ThrowsAsync<WorkflowFailedException>(() => expense.GetResultAsync());
        Assert.IsType<CanceledFailureException>(failure.InnerException);
    });

    public static TheoryData<string, ApprovalOptions> Mistakes => new()
    {
        { "has no deciders", new() { Deciders = [] } },
        { "names a decider twice", new() { Deciders = ["ann", "ann"] } },
        { "needs 3 approvals and has 2 deciders", Two with { Quorum = 3 } },
        { "a claim keeps all others out", Two with { Quorum = 2, NeedsClaim = true } },
        { "set both EscalateAfter and EscalateTo", Two with { EscalateAfter = TimeSpan.FromDays(1) } },
        { "has a deadline of 00:00:00", Two with { Deadline = TimeSpan.Zero } },
        { "is rejected by 0 rejections", Two with { Rejections = 0 } },
        { "has 0 reminders at most", Two with { RemindEvery = TimeSpan.FromDays(1), MaxReminders = 0 } },
        { "set RemindEvery, or leave both out", Two with { MaxReminders = 1 } },
    };

    [Theory]
    [MemberData(nameof(Mistakes))]
    public async Task Approval_WhenItsOptionsMakeNoSense_FailsTheWorkflowAndSaysWhatToDo(
        string message, ApprovalOptions options) =>
        await Scene.PlayAsync(
            worker => worker.AddWorkflow<ExpenseWorkflow>().AddAllActivities(_post),
            async scene =>
            {
                var failure = await Assert.ThrowsAsync<WorkflowFailedException>(() => scene.Client.ExecuteWorkflowAsync(
                    (ExpenseWorkflow workflow) => workflow.RunAsync(options), scene.Options("expense")));
                Assert.Contains(message, failure.InnerException!.Message, StringComparison.Ordinal);
                Assert.Equal(ErrorKind.InvalidInput, WorkflowError.From(failure).Kind);
            });

    [Fact]
    public void Approval_WhenItIsMadeOutsideOfAWorkflow_SaysWhatToDo() => Assert.Contains(
        "inside a workflow",
        Assert.Throws<InvalidOperationException>(() => new Approval("expense", Two)).Message,
        StringComparison.Ordinal);

    // A workflow task starts a few real milliseconds after its timer has fired.
    private static TimeSpan Rounded(TimeSpan? time) => TimeSpan.FromMinutes(Math.Round(time!.Value.TotalMinutes));

    private static async Task<Exception> RefusalAsync(Func<Task> act) =>
        await Record.ExceptionAsync(act) ?? throw new InvalidOperationException("It was not refused.");

    private static async Task<string> CodeAsync(Func<Task> act) => WorkflowError.From(
        await Assert.ThrowsAsync<WorkflowUpdateFailedException>(act)).Code;

    private Task PlayAsync(
        ApprovalOptions options,
        Func<WorkflowHandle<ExpenseWorkflow, ApprovalStatus>, ApprovalClient, Task> then) => Scene.PlayAsync(
        worker => worker.AddWorkflow<ExpenseWorkflow>().AddAllActivities(_post),
        async scene =>
        {
            var expense = await scene.Client.StartWorkflowAsync(
                (ExpenseWorkflow workflow) => workflow.RunAsync(options), scene.Options("expense"));
            await expense.ExecuteUpdateAsync(workflow => workflow.AwaitAskedAsync());
            await then(expense, new(expense, "expense"));
        });
}
