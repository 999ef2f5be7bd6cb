using System.Collections.Frozen;

namespace AugmentedOS.Pilot.Receipts;

/// <summary>The currencies that receipts come in, with the number of decimals that ISO 4217 gives them.</summary>
internal static class Currencies
{
    public const string Euro = "EUR";

    private static readonly FrozenSet<string> WithCents = FrozenSet.ToFrozenSet(
        [Euro, "USD", "GBP", "CHF", "SEK", "NOK", "DKK", "PLN", "CZK", "HUF", "RON", "TRY", "KZT", "CAD", "AUD"]);

    private static readonly FrozenSet<string> WithoutCents = FrozenSet.ToFrozenSet(["JPY", "KRW", "ISK"]);

    private static readonly FrozenDictionary<char, string> CodesBySymbol = new Dictionary<char, string>
    {
        ['€'] = Euro,
        ['$'] = "USD",
        ['£'] = "GBP",
        ['¥'] = "JPY",
        ['₩'] = "KRW",
    }.ToFrozenDictionary();

    public static bool IsKnown(string code) => WithCents.Contains(code) || WithoutCents.Contains(code);

    public static int Decimals(string code) => WithoutCents.Contains(code) ? 0 : 2;

    public static decimal UnitsPerMajor(string code) => WithoutCents.Contains(code) ? 1m : 100m;

    /// <summary>The currency that a text names: an ISO code anywhere in it counts more than a symbol.</summary>
    public static string? FindIn(string text)
    {
        var code = text.Split([' ', '\u00a0', '\t'], StringSplitOptions.RemoveEmptyEntries)
            .FirstOrDefault(word => word.Length == 3 && word.All(char.IsAsciiLetterUpper));
        if (code is not null)
        {
            return code;
        }

        var symbol = text.FirstOrDefault(CodesBySymbol.ContainsKey);
        return symbol == default ? null : CodesBySymbol[symbol];
    }
}
