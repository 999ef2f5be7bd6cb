using System.Text.RegularExpressions;

namespace AugmentedOS.Testing.Tests;

/// <summary>The guide's examples are text of these tests: what it shows is compiled and run.</summary>
public sealed partial class GuidePageTests
{
    [Fact]
    public void Examples_WhenThePageHasThem_AreInTheTests()
    {
        var root = FindRoot();
        var tests = Directory.EnumerateFiles(
            Path.Combine(root, "tests", "Testing.Tests"), "*.cs", SearchOption.AllDirectories)
            .Where(path => !path.Split(Path.DirectorySeparatorChar).Any(folder => folder is "bin" or "obj"))
            .Select(path => Lines(File.ReadAllText(path))).ToList();
        var examples = Example().Matches(File.ReadAllText(Path.Combine(root, "docs", "guides", "testing.md")))
            .Select(match => match.Groups["code"].Value).ToList();

        Assert.NotEmpty(examples);
        Assert.All(examples, example => Assert.True(
            tests.Any(test => test.Contains(Lines(example), StringComparison.Ordinal)), $"In no test:\n{example}"));
    }

    /// <summary>Without indentation and empty lines.</summary>
    private static string Lines(string code) => string.Join(
        '\n', code.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)) + "\n";

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "AugmentedOS.slnx")))
        {
            folder = folder.Parent;
        }

        return folder.FullName;
    }

    [GeneratedRegex("```csharp\n(?<code>.*?)```", RegexOptions.Singleline)]
    private static partial Regex Example();
}
