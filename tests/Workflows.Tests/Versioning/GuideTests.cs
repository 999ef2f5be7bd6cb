namespace AugmentedOS.Workflows.Tests.Versioning;

/// <summary>The guide shows what these tests run: each of its C# examples is a piece of their sources, line by
/// line.</summary>
public sealed class GuideTests
{
    private static readonly string Root = FindRoot();

    [Fact]
    public void Examples_WhenTheyAreInTheGuide_AreInTheTests()
    {
        var sources = Directory.GetFiles(Path.Combine(Root, "tests/Workflows.Tests/Versioning"), "*.cs")
            .Select(Normal)
            .ToList();
        var examples = ExamplesOf(Path.Combine(Root, "docs/guides/versioning.md")).ToList();

        Assert.NotEmpty(examples);
        Assert.DoesNotContain(
            examples, example => !sources.Exists(source => source.Contains(example, StringComparison.Ordinal)));
    }

    private static IEnumerable<string> ExamplesOf(string guide) => File.ReadAllText(guide).Split("```")
        .Where((_, at) => at % 2 == 1)
        .Where(block => block.StartsWith("csharp\n", StringComparison.Ordinal))
        .Select(block => Lines(block["csharp\n".Length..]));

    private static string Normal(string path) => Lines(File.ReadAllText(path));

    // How far code is indented depends on what is around it.
    private static string Lines(string text) =>
        string.Concat(
            text.Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0).Select(line => $"{line}\n"));

    private static string FindRoot()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "AugmentedOS.slnx")))
        {
            folder = Path.GetDirectoryName(folder)
                ?? throw new InvalidOperationException("No folder above the tests holds AugmentedOS.slnx.");
        }

        return folder;
    }
}
