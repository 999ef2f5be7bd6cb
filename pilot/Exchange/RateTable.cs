using System.Globalization;
using AugmentedOS.Pilot.Receipts;
using CsvHelper;

namespace AugmentedOS.Pilot.Exchange;

/// <summary>Exchange rates by day: units of the foreign currency for one euro. A rate holds until the next.</summary>
internal sealed class RateTable
{
    private readonly Dictionary<string, List<Rate>> _byCurrency;

    public RateTable(IEnumerable<Rate> rates) =>
        _byCurrency = rates.GroupBy(rate => rate.Currency)
            .ToDictionary(group => group.Key, group => group.OrderByDescending(rate => rate.ValidFrom).ToList());

    /// <exception cref="FormatException">A line holds no date or no positive number.</exception>
    public static RateTable Load(string path)
    {
        using var csv = CsvReader.FromFile(path, new CsvReaderOptions { Separator = ',' });
        var rates = new List<Rate>();
        while (csv.Read())
        {
            rates.Add(new Rate(
                DateOnly.ParseExact(csv.GetString("valid_from"), "yyyy-MM-dd", CultureInfo.InvariantCulture),
                csv.GetString("currency"),
                decimal.Parse(csv.GetString("units_per_euro"), NumberStyles.Number, CultureInfo.InvariantCulture)));
        }

        return new RateTable(rates);
    }

    /// <summary>The amount in euros at that day's rate, halves rounded away from zero; null without a rate.</summary>
    public Conversion? ToEuro(Money money, DateOnly day)
    {
        if (money.Currency == Currencies.Euro)
        {
            return new Conversion(money, 1m);
        }

        if (!_byCurrency.TryGetValue(money.Currency, out var rates)
            || rates.FirstOrDefault(rate => rate.ValidFrom <= day) is not { } found)
        {
            return null;
        }

        var cents = Math.Round(money.Amount / found.UnitsPerEuro * 100m, 0, MidpointRounding.AwayFromZero);
        return new Conversion(Money.Euro((long)cents), found.UnitsPerEuro);
    }
}

/// <param name="ValidFrom">The first day on which the rate holds.</param>
/// <param name="Currency">ISO code.</param>
/// <param name="UnitsPerEuro">How much of the currency one euro buys.</param>
internal sealed record Rate(DateOnly ValidFrom, string Currency, decimal UnitsPerEuro);

/// <param name="Euro">The amount in euros, exact to the cent.</param>
/// <param name="UnitsPerEuro">The rate that was used; one for euros.</param>
internal sealed record Conversion(Money Euro, decimal UnitsPerEuro);
