namespace AugmentedOS.Samples.Tests;

/// <summary>Where the samples, their pages and what they are expected to print are found.</summary>
internal static class SampleFiles
{
    public static string Root { get; } = FindRoot();

    /// <summary>What a sample prints, line by line.</summary>
    public static string ExpectedOutput(string name)
    {
        var path = Path.Combine(Root, "tests", "Samples.Tests", "Outputs", $"{name}.txt");
        Assert.True(File.Exists(path), $"Write what the sample '{name}' prints into {path}.");
        return Lines(File.ReadAllText(path));
    }

    /// <summary>The program that <c>dotnet run --project samples</c> runs, built as this test was.</summary>
    public static string Program()
    {
        // …/tests/Samples.Tests/bin/<configuration>/<framework>/
        var framework = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));
        return Path.Combine(Root, "samples", "bin", framework.Parent!.Name, framework.Name, "AugmentedOS.Samples.dll");
    }

    /// <summary>Without the differences between operating systems.</summary>
    public static string Lines(string text) => text.ReplaceLineEndings("\n").TrimEnd();

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "AugmentedOS.slnx")))
        {
            folder = folder.Parent
                ?? throw new InvalidOperationException($"{AppContext.BaseDirectory} is not within the repository.");
        }

        return folder.FullName;
    }
}
