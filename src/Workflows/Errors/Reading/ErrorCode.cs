namespace AugmentedOS.Workflows.Errors.Reading;

/// <summary>Makes a code of what others call theirs.</summary>
internal static class ErrorCode
{
    private const int MaxLength = 100;

    /// <summary>The text with nothing in it that a code may not have, or <paramref name="fallback"/> where nothing is
    /// left.</summary>
    public static string From(string? text, string fallback)
    {
        var code = new string([.. (text ?? "").Where(IsAllowed).Take(MaxLength)]);
        return code.Length == 0 ? fallback : code;
    }

    public static bool IsValid(string code) => code.Length is > 0 and <= MaxLength && code.All(IsAllowed);

    private static bool IsAllowed(char character) =>
        char.IsAsciiLetterOrDigit(character) || character is '.' or '-' or '_';
}
