using System.Globalization;

namespace AugmentedOS.Pilot.Receipts;

/// <summary>An amount in the smallest unit of its currency: cents, or whole yen. Never floating point.</summary>
internal readonly record struct Money(long MinorUnits, string Currency)
{
    public decimal Amount => MinorUnits / Currencies.UnitsPerMajor(Currency);

    public static Money Euro(long cents) => new(cents, Currencies.Euro);

    public override string ToString() =>
        Amount.ToString("N" + Currencies.Decimals(Currency), CultureInfo.InvariantCulture) + " " + Currency;
}
