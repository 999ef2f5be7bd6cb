using AugmentedOS.Pilot.Policy;
using AugmentedOS.Pilot.Receipts;
using AugmentedOS.Pilot.Tests.Receipts;

namespace AugmentedOS.Pilot.Tests.Policy;

public sealed class PolicyCheckTests
{
    private readonly PolicyCheck _policy = new(Sample.Rules);

    [Theory]
    [InlineData("Cafe Central", "Meals")]
    [InlineData("BÄCKEREI SONNENSCHEIN", "Meals")]
    [InlineData("Regio Bahn", "Travel")]
    [InlineData("Hotel Krone", "Lodging")]
    [InlineData("Flughafen Shop", "Other")]
    [InlineData("Cabinet Makers", "Other")]
    public void Merchant_WhenItsNameHasAWholeKeyword_BelongsToThatCategory(string merchant, string category) =>
        Assert.Equal(category, _policy.Check(Sample.Receipt(merchant)).Category);

    [Fact]
    public void Receipt_WhenClean_HasNoFindings()
    {
        var verdict = _policy.Check(Sample.Receipt());

        Assert.Null(verdict.Refusal);
        Assert.Empty(verdict.Findings);
        Assert.Equal(Money.Euro(60_00), verdict.ApprovedUpTo);
    }

    [Fact]
    public void Receipt_WhenForAnUnknownCostCentre_IsRefused() =>
        Assert.Equal("There is no cost centre 4990.", _policy.Check(Sample.Receipt(costCentre: "4990")).Refusal);

    [Theory]
    [InlineData("Room and Minibar", "2026-03-14", "“minibar”")]
    [InlineData(null, "2025-12-31", "that year is closed")]
    public void Receipt_WhenOdd_NeedsAPerson(string? purpose, string date, string finding) =>
        Assert.Contains(
            finding, Assert.Single(_policy.Check(Sample.Receipt(purpose: purpose, date: date)).Findings));
}
