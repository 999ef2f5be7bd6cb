using AugmentedOS.Pilot.Policy;
using AugmentedOS.Pilot.Receipts;

namespace AugmentedOS.Pilot.Tests.Receipts;

internal static class Sample
{
    public static string RepositoryFile(string name) => Path.Combine(AppContext.BaseDirectory, name);

    public static CompanyRules Rules { get; } = CompanyRules.Load(RepositoryFile("policy.json"));

    public static Receipt Receipt(
        string merchant = "Cafe Central",
        string number = "4711",
        long minorUnits = 12_40,
        string currency = "EUR",
        string costCentre = "4100",
        string date = "2026-03-14",
        string? purpose = null) => new()
        {
            Merchant = merchant,
            Number = number,
            Date = DateOnly.Parse(date),
            Total = new Money(minorUnits, currency),
            CostCentre = costCentre,
            Employee = "Anna Berger",
            Purpose = purpose,
        };
}
