namespace AugmentedOS.Architecture.Tests.Sources;

/// <summary>How files and folders look.</summary>
public sealed class SourceShapeTests
{
    private const int MaxLines = 500;

    private static readonly string[] NoConcept = ["Helpers", "Helper", "Utils", "Utilities", "Common", "Managers", "Models", "Misc"];

    private static readonly string[] InRoot =
    [
        "AugmentedOS.slnx", "CHANGELOG.md", "CONTRIBUTING.md", "Directory.Build.props", "Directory.Packages.props", "LICENSE",
        "README.md",
    ];

    [Fact]
    public void Files_WhenTheyAreSources_AreShort() => Report.None(
        $"A file is one thing, and no longer than {MaxLines} lines:",
        from path in Repository.Sources("src", "pilot", "samples", "bench", "tests")
        let lines = Repository.Read(path).Count(character => character == '\n')
        where lines > MaxLines
        select $"{path}: {lines} lines");

    [Fact]
    public void Folders_WhenTheyHaveAName_NameAConcept() => Report.None(
        "A folder is named after what is in it, not after a kind of code:",
        Repository.Sources("src", "pilot", "samples", "bench", "tests")
            .Select(path => Path.GetDirectoryName(path)!).Distinct()
            .Where(folder => folder.Split('/', '\\').Any(NoConcept.Contains)));

    [Fact]
    public void Folders_WhenTheyHoldSources_AreTheirNamespace() => Report.None(
        "A file's namespace is its folder:",
        from path in Repository.Sources("src/Engine", "src/Workflows", "src/Testing", "pilot", "samples", "bench")
        let folder = Path.GetDirectoryName(path)!.Replace('\\', '/').Replace('/', '.')
        let room = folder.StartsWith("src.", StringComparison.Ordinal) ? folder[4..] : char.ToUpperInvariant(folder[0]) + folder[1..]
        let declared = Repository.Read(path).Split('\n').FirstOrDefault(line => line.StartsWith("namespace ", StringComparison.Ordinal))
        where declared is not null
        let name = declared["namespace ".Length..].TrimEnd(';')
        where !$"AugmentedOS.{room}".StartsWith(name, StringComparison.Ordinal)
        select $"{path}: {name}");

    [Fact]
    public void Root_WhenItIsListed_HoldsNothingElse()
    {
        var files = Directory.EnumerateFiles(Repository.Root).Select(path => Path.GetFileName(path)!)
            .Where(name => !name.StartsWith('.')).Order(StringComparer.Ordinal);
        Assert.Equal(InRoot, files);
    }
}
