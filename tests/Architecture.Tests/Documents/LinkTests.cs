using System.Text.RegularExpressions;

namespace AugmentedOS.Architecture.Tests.Documents;

/// <summary>Documentation leads somewhere.</summary>
public sealed partial class LinkTests
{
    private const string MadeByThePilot = "pilot/data";

    private static IEnumerable<string> Pages { get; } =
    [
        .. new[] { "README.md", "CONTRIBUTING.md", "CHANGELOG.md" },
        .. Repository.Files("docs", "*.md"),
    ];

    [Fact]
    public void Links_WhenTheyAreRelative_Resolve() => Report.None(
        "A link leads nowhere:",
        from page in Pages
        from link in Link().Matches(WithoutCode(Repository.Read(page))).Select(match => match.Groups["target"].Value)
        where !IsElsewhere(link) && !Resolves(page, link)
        select $"{page}: {link}");

    [Fact]
    public void Pages_WhenTheyAreInDocs_AreInItsIndex()
    {
        var index = Repository.Read("docs/README.md");
        Report.None(
            "docs/README.md does not lead to:",
            Repository.Files("docs", "*.md").Select(page => page["docs/".Length..])
                .Where(page => page != "README.md" && !index.Contains($"({page})", StringComparison.Ordinal)));
    }

    [Fact]
    public void Paths_WhenAPageNamesThem_Exist() => Report.None(
        "A page names a file or folder that is not there:",
        from page in Pages
        from path in SourcePath().Matches(Repository.Read(page)).Select(match => match.Groups["path"].Value.TrimEnd('/', '.'))
        where !path.StartsWith(MadeByThePilot, StringComparison.Ordinal)
        where !Path.Exists(Path.Combine(Repository.Root, path))
        select $"{page}: {path}");

    private static bool IsElsewhere(string link) =>
        link.Contains("://", StringComparison.Ordinal) || link.StartsWith("mailto:", StringComparison.Ordinal);

    private static bool Resolves(string page, string link)
    {
        var parts = link.Split('#');
        var target = parts[0].Length == 0
            ? Path.Combine(Repository.Root, page)
            : Path.Combine(Repository.Root, Path.GetDirectoryName(page)!, Uri.UnescapeDataString(parts[0]));
        return Path.Exists(target) && (parts.Length == 1 || AnchorsOf(target).Contains(parts[1]));
    }

    private static IEnumerable<string> AnchorsOf(string file) => Heading().Matches(File.ReadAllText(file))
        .Select(match => Dropped().Replace(match.Groups["text"].Value.Trim().ToLowerInvariant(), "").Replace(' ', '-'));

    private static string WithoutCode(string text) => CodeBlock().Replace(text, "");

    [GeneratedRegex(@"\]\((?<target>[^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"`(?<path>(src|tests|docs|pilot|bench)/[\w./-]+)`")]
    private static partial Regex SourcePath();

    [GeneratedRegex(@"^#+ (?<text>.+)$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex(@"[^\w\- ]")]
    private static partial Regex Dropped();

    [GeneratedRegex("^```.*?^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex CodeBlock();
}
