namespace AugmentedOS.Engine.Visibility;

/// <summary>
/// The words of a Text attribute, for both sides of a comparison: lower case, split at what is no word.
/// </summary>
internal static class TextTokens
{
    public static IReadOnlyList<string> Of(string text)
    {
        var tokens = new List<string>();
        var start = -1;
        for (var index = 0; index <= text.Length; index++)
        {
            // Halves of a surrogate pair belong to the word: the scripts beyond the BMP have letters too.
            var isWord = index < text.Length && (char.IsLetterOrDigit(text[index]) || char.IsSurrogate(text[index]));
            if (isWord)
            {
                start = start < 0 ? index : start;
            }
            else if (start >= 0)
            {
                AddNew(tokens, text[start..index].ToLowerInvariant());
                start = -1;
            }
        }

        return tokens;
    }

    private static void AddNew(List<string> tokens, string token)
    {
        if (!tokens.Contains(token))
        {
            tokens.Add(token);
        }
    }
}
