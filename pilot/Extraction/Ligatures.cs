using System.Text;

namespace AugmentedOS.Pilot.Extraction;

/// <summary>
/// Fonts join letters into one glyph and PDFs keep the glyph: “office” becomes “oﬃce”, and no keyword matches. Unicode
/// normalization would undo it, but it needs culture data, which the invariant mode does without.
/// </summary>
internal static class Ligatures
{
    private static readonly (string Glyph, string Letters)[] Joined =
        [("ﬀ", "ff"), ("ﬁ", "fi"), ("ﬂ", "fl"), ("ﬃ", "ffi"), ("ﬄ", "ffl"), ("ﬅ", "st"), ("ﬆ", "st")];

    public static string Expand(string text)
    {
        if (!text.Any(letter => letter is >= '\ufb00' and <= '\ufb06'))
        {
            return text;
        }

        var expanded = new StringBuilder(text);
        foreach (var (glyph, letters) in Joined)
        {
            expanded.Replace(glyph, letters);
        }

        return expanded.ToString();
    }
}
