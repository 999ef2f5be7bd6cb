using System.Text;

namespace AugmentedOS.Engine.Visibility.Queries;

/// <summary>
/// The strings with a prefix are a range in the byte order of UTF-8, which is the order of code points.
/// </summary>
internal static class PrefixRange
{
    private const int LastCodePoint = 0x10FFFF;

    /// <summary>The smallest string after all that have the prefix; null when there is none.</summary>
    public static string? After(string prefix)
    {
        var runes = prefix.EnumerateRunes().ToList();
        while (runes.Count > 0 && runes[^1].Value == LastCodePoint)
        {
            runes.RemoveAt(runes.Count - 1);
        }

        if (runes.Count == 0)
        {
            return null;
        }

        // What comes after the last character before the surrogates is the first behind them.
        var next = runes[^1].Value + 1;
        runes[^1] = new Rune(next == 0xD800 ? 0xE000 : next);
        return string.Concat(runes);
    }
}
