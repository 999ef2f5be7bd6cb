using System.Text.RegularExpressions;

namespace AugmentedOS.Samples.Tests;

/// <summary>What a guide shows is the text of a sample: it compiles, and runs.</summary>
/// <remarks>A code block after <c>&lt;!-- samples/Folder/File.cs --&gt;</c> has to stand in that file, line by line, at
/// whatever indentation.</remarks>
public sealed partial class GuideTests
{
    private static readonly string[] AboutAllWorkflows =
        ["quickstart.md", "hosting.md", "errors.md", "testing.md", "versioning.md", "troubleshooting.md"];

    [Fact]
    public void Guides_WhenTheyShowASample_ShowItsText()
    {
        var shown = Directory.EnumerateFiles(Path.Combine(SampleFiles.Root, "docs", "guides"), "*.md")
            .SelectMany(page => Shown().Matches(File.ReadAllText(page)).Select(match => (
                Page: Path.GetFileName(page), File: match.Groups["file"].Value, Code: match.Groups["code"].Value)))
            .ToList();

        Assert.NotEmpty(shown);
        Assert.All(shown, block => Assert.True(
            Flat(Read(block.File)).Contains(Flat(block.Code), StringComparison.Ordinal),
            $"{block.Page} shows what is not in {block.File}:\n{block.Code}"));
    }

    [Fact]
    public void Samples_WhenTheyAreListed_AreInTheReadmeAndOnAPage()
    {
        var readme = Read("README.md");
        var pages = string.Concat(Pages("docs").Concat(Pages("docs", "guides")).Select(File.ReadAllText));

        Assert.All(Samples.All, sample =>
        {
            Assert.Contains($"| `{sample.Name}` |", readme, StringComparison.Ordinal);
            Assert.Contains($"`dotnet run --project samples -- {sample.Name}`", pages, StringComparison.Ordinal);
        });
    }

    [Fact]
    public void Guides_WhenThereIsOne_AreInTheReadmeAndTheIndex()
    {
        var (readme, index) = (Read("README.md"), Read("docs", "README.md"));

        Assert.All(Pages("docs", "guides").Select(Path.GetFileName), page =>
        {
            Assert.Contains($"(docs/guides/{page})", readme, StringComparison.Ordinal);
            Assert.Contains($"(guides/{page})", index, StringComparison.Ordinal);
        });
    }

    [Fact]
    public void Patterns_WhenTheyHaveAPage_SayWhatHappensAndWhenNotToUseThem()
    {
        var patterns = Pages("docs", "guides")
            .Where(page => !AboutAllWorkflows.Contains(Path.GetFileName(page))).ToList();

        Assert.NotEmpty(patterns);
        Assert.All(patterns.Select(File.ReadAllText), page =>
        {
            Assert.Matches("(?m)^## What happens", page);
            Assert.Matches("(?m)^## When not to use it$", page);
            Assert.Matches(Shown(), page);
        });
    }

    private static IEnumerable<string> Pages(params string[] folder) =>
        Directory.EnumerateFiles(Path.Combine([SampleFiles.Root, .. folder]), "*.md");

    private static string Read(params string[] path) => File.ReadAllText(Path.Combine([SampleFiles.Root, .. path]));

    private static string Flat(string code) => string.Join('\n', code.Split('\n').Select(line => line.Trim())).Trim();

    [GeneratedRegex(@"<!-- (?<file>samples/[\w/.]+\.cs) -->\s*```csharp\r?\n(?<code>.*?)```", RegexOptions.Singleline)]
    private static partial Regex Shown();
}
