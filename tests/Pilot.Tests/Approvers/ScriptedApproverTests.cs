using AugmentedOS.Pilot.Approvers;
using AugmentedOS.Pilot.Receipts;
using AugmentedOS.Pilot.Workflows;
using AugmentedOS.Workflows.Approvals;

namespace AugmentedOS.Pilot.Tests.Approvers;

public sealed class ScriptedApproverTests
{
    private static readonly ApprovalStatus Asked = new("approval", ["lead"], 1, []);
    private static readonly ApprovalStatus Reminded = Asked with { Reminders = 1 };
    private static readonly ApprovalStatus Escalated =
        Reminded with { Deciders = ["lead", "manager"], EscalatedAt = DateTime.UnixEpoch };

    [Fact]
    public async Task Question_WhenItIsForTheLead_IsApproved() =>
        Assert.Equal(("lead", ApprovalVerdict.Approve), await DecideAsync(1_000_00, Asked));

    [Theory]
    [InlineData(3_000_00, ApprovalVerdict.Approve)]
    [InlineData(3_000_01, ApprovalVerdict.Reject)]
    public async Task Question_WhenItIsEscalated_IsDecidedByTheAmount(long cents, ApprovalVerdict verdict) =>
        Assert.Equal(("manager", verdict), await DecideAsync(cents, Escalated));

    [Fact]
    public async Task Question_WhenItIsForTheManager_IsLeftUntilItIsEscalated()
    {
        Assert.Null(await DecideAsync(1_000_01, Asked));
        Assert.Null(await DecideAsync(1_000_01, Reminded));
    }

    [Fact]
    public async Task Question_WhenItIsAboutSomethingNeverPaid_IsRejected() => Assert.Equal(
        ("lead", ApprovalVerdict.Reject),
        await DecideAsync(20_00, Asked, "It mentions “minibar”, which the company does not pay."));

    private static async Task<(string By, ApprovalVerdict Verdict)?> DecideAsync(
        long cents, ApprovalStatus status, params string[] findings)
    {
        var question = new Question("claim", "Hotel", Money.Euro(cents), findings, status);
        return await new ScriptedApprover().DecideAsync(question, TestContext.Current.CancellationToken) is { } answer
            ? (answer.By, answer.Verdict)
            : null;
    }
}
