using System.Globalization;
using System.Text.RegularExpressions;

namespace AugmentedOS.Architecture.Tests.Documents;

/// <summary>The table of conformance names tests that there are, and leaves no assertion out.</summary>
public sealed partial class ConformanceTableTests
{
    private const string Page = "docs/engine/conformance.md";

    /// <summary>How many assertions each part has, in the order of the page.</summary>
    private static readonly int[] Parts = [25, 30, 30, 25];

    [Fact]
    public void Assertions_WhenCounted_AreAllThere() => Assert.Equal(
        Parts.SelectMany(count => Enumerable.Range(1, count)),
        Row().Matches(Repository.Read(Page)).Select(row => int.Parse(row.Groups["number"].Value, CultureInfo.InvariantCulture)));

    [Fact]
    public void Tests_WhenNamed_Exist()
    {
        var known = Repository.Sources("tests").Where(path => path.EndsWith("Tests.cs", StringComparison.Ordinal))
            .SelectMany(path => TestMethod().Matches(Repository.Read(path))
                .Select(method => $"{Path.GetFileName(path).Split('.')[0]}.{method.Groups["name"].Value}"))
            .ToHashSet(StringComparer.Ordinal);
        Report.None(
            $"{Page} names tests that there are not:",
            Named().Matches(Repository.Read(Page)).Select(name => name.Groups["test"].Value).Where(test => !known.Contains(test)));
    }

    [Fact]
    public void Scenarios_WhenNamed_Exist()
    {
        var suites = string.Concat(Repository.Files("tests/CrossSdk/suites", "*.js").Select(Repository.Read));
        Report.None(
            $"{Page} names scenarios of tests/CrossSdk that there are not:",
            Scenario().Matches(Repository.Read(Page)).Select(name => name.Groups["title"].Value)
                .Where(title => !suites.Contains($"'{title}:", StringComparison.Ordinal)
                    && !suites.Contains($"`{title}:", StringComparison.Ordinal)));
    }

    [GeneratedRegex(@"^\| (?<number>\d+) \| ", RegexOptions.Multiline)]
    private static partial Regex Row();

    [GeneratedRegex(@"`(?<test>\w+Tests\.\w+)`")]
    private static partial Regex Named();

    [GeneratedRegex(@"`tests/CrossSdk`: (?<title>(core|operations|edges) [\w .]*?)(?=,| \|)")]
    private static partial Regex Scenario();

    [GeneratedRegex(@"public (async |static )*[\w<>]+ (?<name>\w+_\w+)\(")]
    private static partial Regex TestMethod();
}
