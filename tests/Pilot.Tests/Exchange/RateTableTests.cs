using System.Globalization;
using AugmentedOS.Pilot.Exchange;
using AugmentedOS.Pilot.Receipts;
using AugmentedOS.Pilot.Tests.Inbox;
using AugmentedOS.Pilot.Tests.Receipts;

namespace AugmentedOS.Pilot.Tests.Exchange;

public sealed class RateTableTests
{
    private static readonly RateTable Rates = new(
    [
        new Rate(new DateOnly(2026, 1, 1), "USD", 1.25m),
        new Rate(new DateOnly(2026, 2, 1), "USD", 1.1736m),
        new Rate(new DateOnly(2026, 1, 1), "JPY", 160m),
    ]);

    [Theory]
    [InlineData("2026-01-01", 1_00, 80)]
    [InlineData("2026-01-31", 1_00, 80)]
    [InlineData("2026-02-01", 1_00, 85)]
    [InlineData("2030-01-01", 1_00, 85)]
    public void Amount_WhenConverted_UsesTheRateOfTheDay(string day, long cents, long euroCents) =>
        Assert.Equal(Money.Euro(euroCents), Rates.ToEuro(new Money(cents, "USD"), DateOnly.Parse(day))!.Euro);

    [Theory]
    [InlineData(8, 5)]
    [InlineData(24, 15)]
    [InlineData(9, 6)]
    [InlineData(7, 4)]
    public void Amount_WhenHalfACentIsLeft_RoundsAwayFromZero(long yen, long euroCents) =>
        Assert.Equal(
            Money.Euro(euroCents), Rates.ToEuro(new Money(yen, "JPY"), new DateOnly(2026, 1, 1))!.Euro);

    [Fact]
    public void Amount_WhenInEuro_StaysAsItIs() =>
        Assert.Equal(new Conversion(Money.Euro(12_40), 1m), Rates.ToEuro(Money.Euro(12_40), default));

    [Fact]
    public void Amount_WhenThereIsNoRate_IsNotConverted()
    {
        Assert.Null(Rates.ToEuro(new Money(1_00, "KZT"), new DateOnly(2026, 3, 1)));
        Assert.Null(Rates.ToEuro(new Money(1_00, "USD"), new DateOnly(2025, 12, 31)));
    }

    [Fact]
    public void RateTable_WhenAppliedToTheInbox_AgreesWithTheBookkeeperToTheCent()
    {
        var rates = RateTable.Load(Sample.RepositoryFile("rates.csv"));

        foreach (var expected in ExpectedInbox.Load().Files.Values.SelectMany(file => file.Receipts))
        {
            var amount = decimal.Parse(expected.Total, CultureInfo.InvariantCulture);
            var minorUnits = (long)(amount * Currencies.UnitsPerMajor(expected.Currency));
            var total = new Money(minorUnits, expected.Currency);

            var euro = rates.ToEuro(total, expected.Date)?.Euro.Amount.ToString("F2", CultureInfo.InvariantCulture);

            Assert.Equal($"{expected.Number} {expected.Euro}", $"{expected.Number} {euro}");
        }
    }
}
