using System.Globalization;
using AugmentedOS.Pilot.Extraction;
using AugmentedOS.Pilot.Receipts;
using AugmentedOS.Pilot.Tests.Inbox;

namespace AugmentedOS.Pilot.Tests.Extraction;

public sealed class InboxExtractionTests
{
    private const int AtOnce = 16;

    private static readonly ExpectedInbox Expected = ExpectedInbox.Load();

    private readonly ReceiptExtractor _extractor = new(TimeProvider.System);

    public static TheoryData<string> Files => [.. Expected.Files.Keys];

    [Theory]
    [MemberData(nameof(Files))]
    public void File_WhenRead_GivesWhatABookkeeperReadsInIt(string name)
    {
        var result = Read(name);

        var expected = Expected.Files[name];
        Assert.Equal(expected.Receipts.Select(Print), result.Receipts.Select(found => Print(found.Receipt)));
        Assert.Equal(
            expected.Rejections.Select(rejection => $"{rejection.Code} {rejection.Line}"),
            result.Rejections.Select(rejection => $"{rejection.Code} {rejection.Line}"));
    }

    [Fact]
    public void Files_WhenReadByManyAtOnce_GiveWhatTheyGiveOneByOne()
    {
        // First at once: a reader that is used for the first time makes what it keeps.
        const int rounds = 2;
        var together = Enumerable.Range(0, rounds).SelectMany(_ => Expected.Files.Keys).AsParallel().WithDegreeOfParallelism(AtOnce)
            .Select(name => (Name: name, Printed: Print(Read(name)))).ToList();

        var alone = Expected.Files.Keys.ToDictionary(name => name, name => Print(Read(name)));
        var wrong = together.Where(read => read.Printed != alone[read.Name]).Select(read => $"{read.Name}: {read.Printed}");

        Assert.Empty(wrong);
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Rejection_WhenReadByABookkeeper_IsASentenceWithoutATechnicalWord(string name)
    {
        foreach (var rejection in Read(name).Rejections)
        {
            Assert.EndsWith(".", rejection.Reason);
            Assert.DoesNotContain("Exception", rejection.Reason);
            Assert.DoesNotContain("null", rejection.Reason);
        }
    }

    [Fact]
    public void Inbox_WhenListed_HoldsExactlyTheFilesThatAreExpected() =>
        Assert.Equal(
            Expected.Files.Keys.Order(StringComparer.Ordinal),
            new DirectoryInfo(ExpectedInbox.Folder).GetFiles().Select(file => file.Name).Order(StringComparer.Ordinal));

    private ExtractionResult Read(string name) =>
        _extractor.Read(name, File.ReadAllBytes(Path.Combine(ExpectedInbox.Folder, name)));

    private static string Print(ExtractionResult result) => string.Join(
        " + ",
        [.. result.Receipts.Select(found => Print(found.Receipt)), .. result.Rejections.Select(found => found.Reason)]);

    private static string Print(ExpectedReceipt receipt) => string.Join(
        " | ",
        receipt.Merchant,
        receipt.Number,
        receipt.Date.ToString("O"),
        decimal.Parse(receipt.Total, CultureInfo.InvariantCulture).ToString("F2", CultureInfo.InvariantCulture),
        receipt.Currency,
        receipt.CostCentre,
        receipt.Employee,
        receipt.Purpose);

    private static string Print(Receipt receipt) => string.Join(
        " | ",
        receipt.Merchant,
        receipt.Number,
        receipt.Date.ToString("O"),
        receipt.Total.Amount.ToString("F2", CultureInfo.InvariantCulture),
        receipt.Total.Currency,
        receipt.CostCentre,
        receipt.Employee,
        receipt.Purpose);
}
