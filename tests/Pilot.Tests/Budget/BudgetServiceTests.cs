using AugmentedOS.Pilot.Budget;
using AugmentedOS.Pilot.Policy;
using AugmentedOS.Pilot.Receipts;

namespace AugmentedOS.Pilot.Tests.Budget;

public sealed class BudgetServiceTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private BudgetService _budget;

    public BudgetServiceTests() => _budget = Open();

    public void Dispose()
    {
        _budget.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void Reservation_WhenAskedAgainWithTheSameKey_CountsOnce()
    {
        Assert.Equal(ReservationAnswer.Reserved, _budget.Reserve("a", "4100", Money.Euro(60_00)));
        Assert.Equal(ReservationAnswer.Reserved, _budget.Reserve("a", "4100", Money.Euro(60_00)));

        Assert.Equal(Money.Euro(60_00), _budget.Reserved("4100"));
    }

    [Fact]
    public void Reservation_WhenTheKeyStandsForAnother_IsRefusedLoudly()
    {
        _budget.Reserve("a", "4100", Money.Euro(60_00));

        Assert.Throws<InvalidOperationException>(() => _budget.Reserve("a", "4100", Money.Euro(61_00)));
        Assert.Throws<InvalidOperationException>(() => _budget.Reserve("a", "4200", Money.Euro(60_00)));
    }

    [Fact]
    public void Budget_WhenUsedToTheLastCent_HoldsNothingMore()
    {
        Assert.Equal(ReservationAnswer.Reserved, _budget.Reserve("a", "4100", Money.Euro(99_99)));
        Assert.Equal(ReservationAnswer.Exhausted, _budget.Reserve("b", "4100", Money.Euro(2)));
        Assert.Equal(ReservationAnswer.Reserved, _budget.Reserve("c", "4100", Money.Euro(1)));
        Assert.Equal(ReservationAnswer.Exhausted, _budget.Reserve("d", "4100", Money.Euro(1)));
    }

    [Fact]
    public void Reservation_WhenReleased_FreesTheMoneyOnce()
    {
        _budget.Reserve("a", "4100", Money.Euro(60_00));
        _budget.Reserve("b", "4100", Money.Euro(30_00));

        _budget.Release("a");
        _budget.Release("a");

        Assert.Equal(Money.Euro(30_00), _budget.Reserved("4100"));
    }

    [Fact]
    public void Reservation_WhenItArrivesAfterItsRelease_ReservesNothing()
    {
        _budget.Release("late");

        Assert.Equal(ReservationAnswer.Released, _budget.Reserve("late", "4100", Money.Euro(10_00)));
        Assert.Equal(Money.Euro(0), _budget.Reserved("4100"));
    }

    [Fact]
    public void Reservation_WhenTheCostCentreIsUnknown_IsTurnedDown() =>
        Assert.Equal(ReservationAnswer.UnknownCostCentre, _budget.Reserve("a", "9999", Money.Euro(1)));

    [Fact]
    public void Reservation_WhenTheServiceRestarts_IsStillThere()
    {
        _budget.Reserve("a", "4100", Money.Euro(60_00));

        _budget.Dispose();
        _budget = Open();

        Assert.Equal(Money.Euro(60_00), _budget.Reserved("4100"));
    }

    [Fact]
    public void Budget_WhenManyReserveAtOnce_IsNeverOverdrawn()
    {
        Parallel.For(0, 50, index => _budget.Reserve($"key {index}", "4100", Money.Euro(7_00)));

        Assert.Equal(Money.Euro(98_00), _budget.Reserved("4100"));
    }

    private BudgetService Open() =>
        new(_folder.File("budget.db"), [new CostCentre("4100", "Sales", 100m), new CostCentre("4200", "Other", 100m)]);
}
