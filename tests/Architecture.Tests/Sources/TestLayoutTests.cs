using System.Text.RegularExpressions;

namespace AugmentedOS.Architecture.Tests.Sources;

/// <summary>Tests are found where a reader looks for them, and their names say what they hold.</summary>
public sealed partial class TestLayoutTests
{
    /// <summary>Rooms of tests that no folder of the product mirrors: they look at more than one.</summary>
    private static readonly string[] AcrossRooms =
        ["tests/Engine.Tests/Simulation", "tests/Engine.Tests/Replays", "tests/Pilot.Tests/Inbox"];

    private static readonly Dictionary<string, string> Mirrors = new(StringComparer.Ordinal)
    {
        ["tests/Engine.Tests"] = "src/Engine",
        ["tests/Workflows.Tests"] = "src/Workflows",
        ["tests/Testing.Tests"] = "src/Testing",
        ["tests/Samples.Tests"] = "samples",
        ["tests/Cli.Tests"] = "src/Cli",
        ["tests/Pilot.Tests"] = "pilot",
    };

    [Fact]
    public void Folders_WhenTheyHoldTests_MirrorTheProduct() => Report.None(
        "A folder of tests is named as the folder that it tests:",
        from mirror in Mirrors
        from folder in Repository.Files(mirror.Key, "*.cs").Select(FirstFolder).OfType<string>().Distinct()
        where !Directory.Exists(Path.Combine(Repository.Root, mirror.Value, folder))
        where !AcrossRooms.Contains($"{mirror.Key}/{folder}")
        select $"{mirror.Key}/{folder}: no {mirror.Value}/{folder}");

    [Fact]
    public void Classes_WhenTheyHoldTests_AreCalledAsTheirFile() => Report.None(
        "A file with tests holds one class of its name, which ends in Tests:",
        from path in TestFiles()
        let name = Path.GetFileName(path).Split('.')[0]
        where !name.EndsWith("Tests", StringComparison.Ordinal)
            || !Regex.IsMatch(Repository.Read(path), $@"public (sealed |abstract )?(partial )?class {name}\b")
        select path);

    [Fact]
    public void Tests_WhenTheyHaveAName_SaySubjectConditionAndOutcome() => Report.None(
        "A test is called Subject_WhenCondition_Outcome, or Subject_Outcome where nothing is a condition:",
        from path in TestFiles()
        from name in TestMethod().Matches(Repository.Read(path)).Select(match => match.Groups["name"].Value)
        where !Name().IsMatch(name)
        select $"{path}: {name}");

    [Fact]
    public void Tests_WhenTheyWait_WaitForSomething() => Report.None(
        "A sleep makes a test slow and still unsure:",
        TestFiles().Where(path => Sleep().IsMatch(Repository.Read(path))));

    private static IEnumerable<string> TestFiles() =>
        Repository.Sources("tests").Where(path => HasTests().IsMatch(Repository.Read(path)));

    private static string? FirstFolder(string path) => path.Split('/') is { Length: > 3 } parts ? parts[2] : null;

    [GeneratedRegex(@"^\s*(await )?Thread\.Sleep", RegexOptions.Multiline)]
    private static partial Regex Sleep();

    [GeneratedRegex(@"^\s*\[(Fact|Theory)\b", RegexOptions.Multiline)]
    private static partial Regex HasTests();

    [GeneratedRegex(@"\[(Fact|Theory)\b[^\n]*\n(\s*\[[^\n]*\n)*\s*public (async |static )*[\w<>]+ (?<name>\w+)\(")]
    private static partial Regex TestMethod();

    [GeneratedRegex(@"^[A-Z][A-Za-z0-9]*(_[A-Z][A-Za-z0-9]*){1,2}$")]
    private static partial Regex Name();
}
