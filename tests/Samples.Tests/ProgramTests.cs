using System.Diagnostics;

namespace AugmentedOS.Samples.Tests;

/// <summary>The samples as a process, as a reader starts them.</summary>
public sealed class ProgramTests
{
    // Only ends a hung process.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    [Fact]
    public async Task Program_WhenItIsGivenAName_RunsThatSample()
    {
        var (code, output, error) = await RunAsync("saga");

        Assert.True(code == 0, error);
        Assert.Equal(SampleFiles.ExpectedOutput("saga"), output);
    }

    [Fact]
    public async Task Program_WhenTheNameIsUnknown_ListsAllSamples()
    {
        var (code, output, error) = await RunAsync("sega");

        Assert.Equal((2, ""), (code, output));
        Assert.All(Samples.All, sample => Assert.Contains(sample.Name, error, StringComparison.Ordinal));
    }

    private static async Task<(int Code, string Output, string Error)> RunAsync(string name)
    {
        using var process = Process.Start(new ProcessStartInfo("dotnet", [SampleFiles.Program(), name])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        using var patience = new CancellationTokenSource(Patience);
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(patience.Token);
            var error = process.StandardError.ReadToEndAsync(patience.Token);
            await process.WaitForExitAsync(patience.Token);
            return (process.ExitCode, SampleFiles.Lines(await output), SampleFiles.Lines(await error));
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
    }
}
