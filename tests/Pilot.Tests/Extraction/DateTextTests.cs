using AugmentedOS.Pilot.Extraction;

namespace AugmentedOS.Pilot.Tests.Extraction;

public sealed class DateTextTests
{
    [Theory]
    [InlineData("14.03.2026")]
    [InlineData("14/03/2026")]
    [InlineData("2026-03-14")]
    [InlineData("14 March 2026")]
    [InlineData("14 Mar 2026")]
    [InlineData("14. März 2026")]
    [InlineData("March 14, 2026")]
    [InlineData("Sat, 14.03.2026 12:41")]
    public void Date_WhenPrintedAsInItsCountry_IsRead(string text) =>
        Assert.Equal((DateReading.Read, new DateOnly(2026, 3, 14)), DateText.Parse(text));

    [Theory]
    [InlineData("31.02.2026")]
    [InlineData("2026-02-31")]
    [InlineData("29 February 2026")]
    [InlineData("14.13.2026")]
    [InlineData("00.01.2026")]
    public void Date_WhenThereIsNoSuchDay_IsImpossible(string text) =>
        Assert.Equal(DateReading.Impossible, DateText.Parse(text).Reading);

    [Theory]
    [InlineData("yesterday")]
    [InlineData("14.03.26")]
    [InlineData("14 Brumaire 2026")]
    [InlineData("")]
    public void Date_WhenItIsNone_IsUnreadable(string text) =>
        Assert.Equal(DateReading.Unreadable, DateText.Parse(text).Reading);
}
