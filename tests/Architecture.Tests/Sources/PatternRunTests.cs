namespace AugmentedOS.Architecture.Tests.Sources;

/// <summary>The test command runs the patterns' tests once more, against engines in other processes: all of them.</summary>
public sealed class PatternRunTests
{
    private const string Tests = "tests/Workflows.Tests";

    /// <summary>Folders that are no pattern: what they test is in this process.</summary>
    private static readonly string[] Others = ["Errors", "Health", "Hosting", "ParkingLot", "Replay", "Resilience", "Schedules", "Telemetry", "Versioning"];

    [Fact]
    public void Patterns_WhenTheyHaveTests_AreRunOnceMoreElsewhere()
    {
        var listed = Repository.Read("tests/run").Split('\n')
            .Single(line => line.StartsWith("patterns=", StringComparison.Ordinal)).Split('"')[1].Split(' ');

        Assert.Equal(
            Repository.Files(Tests, "*Tests.cs").Select(path => path.Split('/')[2]).Except(Others).Distinct(), listed);
    }
}
