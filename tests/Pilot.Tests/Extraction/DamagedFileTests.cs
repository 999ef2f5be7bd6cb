using AugmentedOS.Pilot.Extraction;
using AugmentedOS.Pilot.Tests.Inbox;

namespace AugmentedOS.Pilot.Tests.Extraction;

/// <summary>Whatever arrives, reading it ends in a receipt or a rejection; never in an exception.</summary>
public sealed class DamagedFileTests
{
    private readonly ReceiptExtractor _extractor = new(TimeProvider.System);

    public static TheoryData<string> OneOfEachForm =>
    [
        "invoice-INV-2026-1031.pdf", "Rechnung_F1558.pdf", "FW taxi Vienna.eml", "Ihre Bestellung B-3004.eml",
        "till-export-0312.json", "Kreditkarte_2026-01.csv",
    ];

    [Theory]
    [MemberData(nameof(OneOfEachForm))]
    public void File_WhenCutAnywhere_IsReadOrRejected(string name)
    {
        var content = Content(name);
        for (var length = 0; length < content.Length; length += Math.Max(1, content.Length / 40))
        {
            AssertSomethingCameOut(_extractor.Read(name, content[..length]), $"{name} cut to {length} bytes");
        }
    }

    [Theory]
    [MemberData(nameof(OneOfEachForm))]
    public void File_WhenBytesAreFlipped_IsReadOrRejected(string name)
    {
        const int Seed = 20260322;
        var random = new Random(Seed);
        for (var round = 0; round < 40; round++)
        {
            var content = Content(name);
            for (var flip = 0; flip < 20; flip++)
            {
                content[random.Next(content.Length)] = (byte)random.Next(256);
            }

            AssertSomethingCameOut(_extractor.Read(name, content), $"{name}, seed {Seed}, round {round}");
        }
    }

    [Fact]
    public void Pdf_WhenCutAnywhereBeforeItsEnd_GivesNoReceipt()
    {
        var content = Content("invoice-INV-2026-1031.pdf");
        for (var length = 100; length < content.Length - 20; length += 997)
        {
            Assert.Empty(_extractor.Read("a.pdf", content[..length]).Receipts);
        }
    }

    private static void AssertSomethingCameOut(ExtractionResult result, string what) =>
        Assert.True(result.Receipts.Count + result.Rejections.Count > 0, $"{what}: neither a receipt nor a rejection");

    private static byte[] Content(string name) => File.ReadAllBytes(Path.Combine(ExpectedInbox.Folder, name));
}
