namespace AugmentedOS.Samples.Tests;

/// <summary>Every sample runs, and prints what its page says.</summary>
public sealed class SamplesTests
{
    private const int MaxLines = 150;

    // Only ends a hung sample: each is over in a second or two.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public static TheoryData<string> Names => [.. Samples.All.Select(sample => sample.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Sample_WhenItRuns_PrintsWhatItShows(string name)
    {
        var output = new StringWriter();

        await Samples.Find(name)!.RunAsync(output, TestContext.Current.CancellationToken).WaitAsync(Patience);

        Assert.Equal(SampleFiles.ExpectedOutput(name), SampleFiles.Lines(output.ToString()));
    }

    [Fact]
    public void Samples_WhenTheyAreRead_AreShort()
    {
        var folders = Directory.EnumerateDirectories(Path.Combine(SampleFiles.Root, "samples"))
            .Where(folder => Path.GetFileName(folder) is not ("bin" or "obj"));

        Assert.All(folders, folder => Assert.InRange(
            Directory.EnumerateFiles(folder, "*.cs").Sum(file => File.ReadLines(file).Count()), 1, MaxLines));
    }

    [Fact]
    public void Samples_WhenTheyAreListed_HaveNamesOfTheirOwn() =>
        Assert.Equal(Samples.All.Count, Samples.All.Select(sample => sample.Name).Distinct().Count());
}
