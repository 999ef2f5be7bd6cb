using AugmentedOS.Pilot.Ledger;
using AugmentedOS.Pilot.Policy;
using AugmentedOS.Pilot.Receipts;

namespace AugmentedOS.Pilot.Tests.Ledger;

public sealed class LedgerServiceTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly LedgerService _ledger;

    public LedgerServiceTests() => _ledger = new LedgerService(
        _folder.File("ledger.db"),
        [new CostCentre("4100", "Sales", 100m), new CostCentre("4700", "Trade fair", 100m, ClosedInLedger: true)]);

    public void Dispose()
    {
        _ledger.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void Posting_WhenAskedAgainWithTheSameKey_KeepsItsNumberAndIsBookedOnce()
    {
        var first = _ledger.Post(Of("a"));
        var again = _ledger.Post(Of("a"));

        Assert.NotNull(first.Number);
        Assert.Equal(first, again);
        Assert.Equal(1, _ledger.Totals().Postings);
    }

    [Fact]
    public void Posting_WhenTheKeyStandsForAnotherAmount_IsRefusedLoudly()
    {
        _ledger.Post(Of("a"));

        Assert.Throws<InvalidOperationException>(() => _ledger.Post(Of("a") with { Euro = Money.Euro(1) }));
    }

    [Fact]
    public void Posting_WhenTheCostCentreIsClosed_IsRefusedAndBooksNothing()
    {
        var answer = _ledger.Post(Of("a") with { CostCentre = "4700" });

        Assert.Equal(PostingAnswer.Refused("Cost centre 4700 is closed in the ledger."), answer);
        Assert.Equal(0, _ledger.Totals().Postings);
    }

    [Fact]
    public void Totals_WhenSomethingWasBooked_BalanceToTheCent()
    {
        _ledger.Post(Of("a"));
        _ledger.Post(Of("b") with { Euro = Money.Euro(33) });

        var totals = _ledger.Totals();

        Assert.Equal(Money.Euro(12_73), totals.Debits);
        Assert.Equal(totals.Debits, totals.Credits);
        Assert.Equal(Money.Euro(12_73), totals.ByCostCentre["4100"]);
    }

    [Fact]
    public void Connection_WhenTheLedgerIsBusy_GetsThroughAfterSomeAttempts()
    {
        var connection = new LedgerConnection(_ledger, new LedgerFaultRules(1, 2, 0));

        Assert.Throws<LedgerUnavailableException>(() => connection.Post(Of("a"), attempt: 1));
        Assert.Throws<LedgerUnavailableException>(() => connection.Post(Of("a"), attempt: 2));
        Assert.Equal(0, _ledger.Totals().Postings);
        Assert.NotNull(connection.Post(Of("a"), attempt: 3).Number);
    }

    [Fact]
    public void Connection_WhenTheAnswerGetsLost_HasBookedAndBooksNoSecondTime()
    {
        var connection = new LedgerConnection(_ledger, new LedgerFaultRules(0, 0, 1));

        Assert.Throws<LedgerUnavailableException>(() => connection.Post(Of("a"), attempt: 1));
        Assert.NotNull(connection.Post(Of("a"), attempt: 2).Number);
        Assert.Equal(1, _ledger.Totals().Postings);
    }

    [Fact]
    public void Ledger_WhenManyPostTheSameAtOnce_BooksOnce()
    {
        Parallel.For(0, 30, _ => _ledger.Post(Of("same")));

        Assert.Equal(1, _ledger.Totals().Postings);
    }

    private static Posting Of(string key) => new(
        key, new DateOnly(2026, 3, 14), "Cafe Central 4711", "4100", "6640", Money.Euro(12_40), Money.Euro(12_40), 1m);
}
