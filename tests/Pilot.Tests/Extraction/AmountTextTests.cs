using AugmentedOS.Pilot.Extraction;
using AugmentedOS.Pilot.Receipts;

namespace AugmentedOS.Pilot.Tests.Extraction;

public sealed class AmountTextTests
{
    [Theory]
    [InlineData("12,40 €", "EUR", 12_40)]
    [InlineData("€12.40 EUR", "EUR", 12_40)]
    [InlineData("1.234,56", "EUR", 1234_56)]
    [InlineData("1,234.56", "USD", 1234_56)]
    [InlineData("CHF 1'234.50", "CHF", 1234_50)]
    [InlineData("1 234,5", "SEK", 1234_50)]
    [InlineData("1\u00a0234,56", "SEK", 1234_56)]
    [InlineData("1,234,567.89", "USD", 1234567_89)]
    [InlineData("9,800 JPY", "JPY", 9800)]
    [InlineData("¥28400", "JPY", 28400)]
    [InlineData("1.234", "EUR", 1234_00)]
    [InlineData("89", "EUR", 89_00)]
    [InlineData("-18,00", "EUR", -18_00)]
    [InlineData("0,01", "EUR", 1)]
    public void Amount_WhenPrintedAsInItsCountry_IsReadExactly(string text, string currency, long minorUnits) =>
        Assert.Equal(new Money(minorUnits, currency), AmountText.Parse(text, currency));

    [Theory]
    [InlineData("twelve", "EUR")]
    [InlineData("", "EUR")]
    [InlineData("12,50", "JPY")]
    [InlineData("99999999999999999999,00", "EUR")]
    public void Amount_WhenItIsNone_IsNotGuessed(string text, string currency) =>
        Assert.Null(AmountText.Parse(text, currency));

    [Theory]
    [InlineData("€49.00 EUR", "EUR")]
    [InlineData("$1,249.00 USD", "USD")]
    [InlineData("126.00 CHF", "CHF")]
    [InlineData("£5", "GBP")]
    [InlineData("49.00", null)]
    public void Currency_WhenNamedInTheText_IsFound(string text, string? currency) =>
        Assert.Equal(currency, Currencies.FindIn(text));
}
