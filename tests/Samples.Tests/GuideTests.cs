using System.Text.RegularExpressions;

namespace AugmentedOS.Samples.Tests;

/// <summary>What a guide shows is the text of a sample: it compiles, and runs.</summary>
/// <remarks>A code block after <c>&lt;!-- samples/Folder/File.cs --&gt;</c> has to stand in that file, line by line, at whatever
/// indentation.</remarks>
public sealed partial class GuideTests
{
    [Fact]
    public void Guides_WhenTheyShowASample_ShowItsText()
    {
        var shown = Directory.EnumerateFiles(Path.Combine(SampleFiles.Root, "docs", "guides"), "*.md")
            .SelectMany(page => Shown().Matches(File.ReadAllText(page)).Select(match => (
                Page: Path.GetFileName(page), File: match.Groups["file"].Value, Code: match.Groups["code"].Value)))
            .ToList();

        Assert.NotEmpty(shown);
        Assert.All(shown, block => Assert.True(
            Flat(File.ReadAllText(Path.Combine(SampleFiles.Root, block.File))).Contains(Flat(block.Code), StringComparison.Ordinal),
            $"{block.Page} shows what is not in {block.File}:\n{block.Code}"));
    }

    private static string Flat(string code) => string.Join('\n', code.Split('\n').Select(line => line.Trim())).Trim();

    [GeneratedRegex(@"<!-- (?<file>samples/[\w/.]+\.cs) -->\s*```csharp\r?\n(?<code>.*?)```", RegexOptions.Singleline)]
    private static partial Regex Shown();
}
