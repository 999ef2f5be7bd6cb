using AugmentedOS.Pilot.Extraction;

namespace AugmentedOS.Pilot.Tests.Extraction;

public sealed class DraftCheckTests
{
    private static readonly ReceiptDraft Good = new()
    {
        Merchant = "Cafe Central",
        Number = "4711",
        Date = "14.03.2026",
        Total = "12,40 €",
        CostCentre = "4100",
    };

    private readonly DraftCheck _check = new(new Noon(new DateOnly(2026, 3, 14)));

    [Fact]
    public void Draft_WhenComplete_IsAReceipt() => Assert.Single(_check.Check(Good).Receipts);

    [Fact]
    public void Draft_WhenFieldsAreMissing_NamesThemAll() =>
        Assert.Equal(
            "The date and the cost centre are missing.",
            Assert.Single(_check.Check(Good with { Date = null, CostCentre = " " }).Rejections).Reason);

    [Fact]
    public void Draft_WhenOnlyTheTotalIsMissing_SaysSo() =>
        Assert.Equal(
            "The total is missing.", Assert.Single(_check.Check(Good with { Total = null }).Rejections).Reason);

    [Theory]
    [InlineData("31.02.2026", RejectionCode.ImpossibleDate)]
    [InlineData("16.03.2026", RejectionCode.FutureDate)]
    [InlineData("some day", RejectionCode.UnreadableDate)]
    internal void Draft_WhenTheDateCannotBe_IsRejected(string date, RejectionCode code) =>
        Assert.Equal(code, Assert.Single(_check.Check(Good with { Date = date }).Rejections).Code);

    [Fact]
    public void Draft_WhenItIsAlreadyTomorrowElsewhere_IsAccepted() =>
        Assert.Single(_check.Check(Good with { Date = "15.03.2026" }).Receipts);

    [Theory]
    [InlineData("12,40", RejectionCode.MissingField)]
    [InlineData("12,40 XTS", RejectionCode.UnknownCurrency)]
    [InlineData("much €", RejectionCode.UnreadableAmount)]
    [InlineData("-12,40 €", RejectionCode.NegativeTotal)]
    [InlineData("0,00 €", RejectionCode.NegativeTotal)]
    internal void Draft_WhenTheTotalCannotBe_IsRejected(string total, RejectionCode code) =>
        Assert.Equal(code, Assert.Single(_check.Check(Good with { Total = total }).Rejections).Code);

    private sealed class Noon(DateOnly day) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => new(day, new TimeOnly(12, 0), TimeSpan.Zero);
    }
}
