namespace AugmentedOS.Pilot.Extraction;

internal enum FileKind
{
    Pdf,
    Email,
    Till,
    Statement,
    Other,
}

/// <summary>Tells what a file is: by its first bytes where they say so, else by its name.</summary>
internal static class FileKinds
{
    private static readonly (byte[] Start, string Name)[] Foreign =
    [
        ([0x89, .. "PNG"u8], "a PNG picture"),
        ([0xFF, 0xD8, 0xFF], "a JPEG picture"),
        ([.. "GIF8"u8], "a GIF picture"),
        ([.. "PK"u8, 3, 4], "a ZIP archive or an Office document"),
        ([0xD0, 0xCF, 0x11, 0xE0], "an old Office document"),
        ([0x1F, 0x8B], "a compressed archive"),
        ([.. "MZ"u8], "a program"),
    ];

    public static FileKind Of(string name, ReadOnlySpan<byte> content)
    {
        if (NameOfForeignKind(content) is not null)
        {
            return FileKind.Other;
        }

        // Some producers put a few bytes before the header; readers accept it within the first kilobyte.
        if (content[..Math.Min(content.Length, 1024)].IndexOf("%PDF-"u8) >= 0)
        {
            return FileKind.Pdf;
        }

        return Path.GetExtension(name).ToUpperInvariant() switch
        {
            ".EML" => FileKind.Email,
            ".JSON" => FileKind.Till,
            ".CSV" or ".TXT" => FileKind.Statement,
            _ => FileKind.Other,
        };
    }

    /// <summary>What a file that is none of ours really is, or null when its first bytes do not tell.</summary>
    public static string? NameOfForeignKind(ReadOnlySpan<byte> content)
    {
        foreach (var (start, name) in Foreign)
        {
            if (content.StartsWith(start))
            {
                return name;
            }
        }

        return null;
    }
}
