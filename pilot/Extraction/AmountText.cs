using System.Globalization;
using System.Text.RegularExpressions;
using AugmentedOS.Pilot.Receipts;

namespace AugmentedOS.Pilot.Extraction;

/// <summary>Reads printed amounts of any country: 1.234,56 · 1,234.56 · 1'234.50 · 1 234,56 · 9,800.</summary>
internal static partial class AmountText
{
    private const long MostMinorUnits = 1_000_000_000_000;

    /// <summary>The amount, or null when the text holds none, or one finer than the currency's smallest unit.</summary>
    public static Money? Parse(string text, string currency)
    {
        var match = Number().Match(text);
        if (!match.Success)
        {
            return null;
        }

        var (whole, fraction) = Split(match.Groups["n"].Value);
        var decimals = Currencies.Decimals(currency);
        if (fraction.Length > decimals || whole.Length > 15)
        {
            return null;
        }

        var digits = whole + fraction.PadRight(decimals, '0');
        var minorUnits = long.Parse(digits, CultureInfo.InvariantCulture);
        if (minorUnits > MostMinorUnits)
        {
            return null;
        }

        return new Money(match.Groups["sign"].Success ? -minorUnits : minorUnits, currency);
    }

    /// <remarks>
    /// A last separator with one or two digits behind it is the decimal one; with three, it groups thousands.
    /// </remarks>
    private static (string Whole, string Fraction) Split(string number)
    {
        var last = number.LastIndexOfAny(['.', ',']);
        var behind = last < 0 ? string.Empty : number[(last + 1)..];
        return behind.Length is 1 or 2
            ? (Digits(number[..last]), behind)
            : (Digits(number), string.Empty);
    }

    private static string Digits(string text) => string.Concat(text.Where(char.IsAsciiDigit));

    [GeneratedRegex(@"(?<sign>[-−])?\s*(?<n>[0-9]+(?:[.,'’\u00a0\u202f ][0-9]+)*)")]
    private static partial Regex Number();
}
