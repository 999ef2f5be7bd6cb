using System.Text.RegularExpressions;

namespace AugmentedOS.EndToEnd.Quickstart;

/// <summary>What a reader of the quickstart does, in order.</summary>
internal static partial class QuickstartPage
{
    /// <summary>The repository that these tests were built in.</summary>
    public static string Repository { get; } = FindRepository();

    /// <summary>Each command is a step, and each file to write.</summary>
    public static IEnumerable<Step> Read()
    {
        var page = File.ReadAllText(Path.Combine(Repository, "docs", "guides", "quickstart.md"));
        foreach (Match block in Blocks().Matches(page))
        {
            if (block.Groups["language"].Value == "csharp")
            {
                yield return new Step(FileNames().Matches(page[..block.Index])[^1].Groups["name"].Value, block.Groups["text"].Value);
                continue;
            }

            foreach (var command in block.Groups["text"].Value.Split('\n', StringSplitOptions.RemoveEmptyEntries))
            {
                yield return new Step(null, command);
            }
        }
    }

    private static string FindRepository()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "AugmentedOS.slnx")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("The tests do not run in a repository.");
        }

        return folder.FullName;
    }

    [GeneratedRegex("```(?<language>sh|csharp)\n(?<text>.*?)```", RegexOptions.Singleline)]
    private static partial Regex Blocks();

    [GeneratedRegex(@"`(?<name>Shop[\w./]*\.cs)`")]
    private static partial Regex FileNames();

    /// <param name="FileName">The file to write; null for a command.</param>
    /// <param name="Text">The file, or the command.</param>
    public sealed record Step(string? FileName, string Text);
}
