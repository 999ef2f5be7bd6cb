using AugmentedOS.Pilot.Approvers;
using AugmentedOS.Pilot.Receipts;
using AugmentedOS.Pilot.Workflows;

namespace AugmentedOS.Pilot.Tests.Approvers;

public sealed class ScriptedApproverTests
{
    [Theory]
    [InlineData(1_000_00, ApprovalState.Asked, true)]
    [InlineData(3_000_00, ApprovalState.Escalated, true)]
    [InlineData(3_000_01, ApprovalState.Escalated, false)]
    internal async Task Question_WhenItIsForHim_IsDecidedByTheAmount(long cents, ApprovalState state, bool approved) =>
        Assert.Equal(approved, (await DecideAsync(cents, state))?.Approved);

    [Theory]
    [InlineData(ApprovalState.Asked)]
    [InlineData(ApprovalState.Reminded)]
    internal async Task Question_WhenItIsForTheManager_IsLeftUntilItIsEscalated(ApprovalState state) =>
        Assert.Null(await DecideAsync(1_000_01, state));

    [Fact]
    public async Task Question_WhenItIsAboutSomethingNeverPaid_IsRejected() =>
        Assert.False((await DecideAsync(
            20_00, ApprovalState.Asked, "It mentions “minibar”, which the company does not pay."))?.Approved);

    private static Task<Decision?> DecideAsync(long cents, ApprovalState state, params string[] findings)
    {
        var request = new ApprovalRequest(
            "claim", "Hotel", Money.Euro(cents), findings, "lead", "manager", Pace.ForScript);
        return new ScriptedApprover().DecideAsync(
            new ApprovalStatus(request, "lead", state, null), TestContext.Current.CancellationToken);
    }
}
