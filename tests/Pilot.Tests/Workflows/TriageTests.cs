using AugmentedOS.Pilot.Desk;
using AugmentedOS.Pilot.Exchange;
using AugmentedOS.Pilot.Policy;
using AugmentedOS.Pilot.Receipts;
using AugmentedOS.Pilot.Tests.Receipts;
using AugmentedOS.Pilot.Workflows;

namespace AugmentedOS.Pilot.Tests.Workflows;

public sealed class TriageTests
{
    private static readonly PolicyVerdict Clean = new PolicyCheck(Sample.Rules).Check(Sample.Receipt());

    [Fact]
    public void Claim_WhenSmallAndClean_ApprovesItself() =>
        Assert.IsType<Triage.ApprovesItself>(Of(euroCents: 60_00));

    [Fact]
    public void Claim_WhenOneCentOverTheLimit_NeedsAPerson() => Assert.IsType<Triage.AskAPerson>(Of(euroCents: 60_01));

    [Fact]
    public void Claim_WhenSmallButOdd_NeedsAPerson() =>
        Assert.Equal(["Odd."], Assert.IsType<Triage.AskAPerson>(Of(Clean with { Findings = ["Odd."] })).Findings);

    [Fact]
    public void Claim_WhenADuplicate_IsTurnedAwayWhateverElseIsWrong() =>
        Assert.Equal(
            ClaimStage.Duplicate, TurnedAway(Of(Clean with { Refusal = "No." }, earlierFile: "bon.pdf")).Stage);

    [Fact]
    public void Claim_WhenThePolicyRefusesIt_IsTurnedAwayWithItsReason() =>
        Assert.Equal("No.", TurnedAway(Of(Clean with { Refusal = "No." })).Reason);

    [Fact]
    public void Claim_WhenThereIsNoRate_IsTurnedAway() =>
        Assert.Equal(
            "There is no exchange rate for EUR on 2026-03-14.", TurnedAway(Of(Clean, euroCents: null)).Reason);

    private static Triage.TurnAway TurnedAway(Triage triage) => Assert.IsType<Triage.TurnAway>(triage);

    private static Triage Of(PolicyVerdict? policy = null, long? euroCents = 12_40, string? earlierFile = null) =>
        Triage.Of(
            Sample.Receipt(),
            earlierFile,
            policy ?? Clean,
            euroCents is { } cents ? new Conversion(Money.Euro(cents), 1m) : null);
}
