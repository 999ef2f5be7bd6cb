using AugmentedOS.Pilot.Receipts;

namespace AugmentedOS.Pilot.Tests.Receipts;

public sealed class FingerprintTests
{
    private static readonly string Original = Fingerprint.Of(Sample.Receipt("Hotel Goldener Anker", "F-1572"));

    [Theory]
    [InlineData("HOTEL GOLDENER ANKER", "F-1572")]
    [InlineData("Hotel  Goldener-Anker", "f 1572")]
    public void Fingerprint_WhenOnlyTheSpellingDiffers_IsTheSame(string merchant, string number) =>
        Assert.Equal(Original, Fingerprint.Of(Sample.Receipt(merchant, number)));

    [Fact]
    public void Fingerprint_WhenClaimedForAnotherCostCentre_IsTheSame() =>
        Assert.Equal(
            Original, Fingerprint.Of(Sample.Receipt("Hotel Goldener Anker", "F-1572", costCentre: "4400")));

    [Fact]
    public void Fingerprint_WhenAnythingOfThePurchaseDiffers_IsAnother()
    {
        string[] others =
        [
            Fingerprint.Of(Sample.Receipt("Hotel Silberner Anker", "F-1572")),
            Fingerprint.Of(Sample.Receipt("Hotel Goldener Anker", "F-1573")),
            Fingerprint.Of(Sample.Receipt("Hotel Goldener Anker", "F-1572", 12_41)),
            Fingerprint.Of(Sample.Receipt("Hotel Goldener Anker", "F-1572", currency: "USD")),
            Fingerprint.Of(Sample.Receipt("Hotel Goldener Anker", "F-1572", date: "2026-03-15")),
        ];

        Assert.Equal(others.Length + 1, others.Append(Original).Distinct().Count());
    }
}
