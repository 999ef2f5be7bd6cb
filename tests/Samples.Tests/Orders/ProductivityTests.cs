using System.Diagnostics;

namespace AugmentedOS.Samples.Tests.Orders;

/// <summary>The page's numbers are what the script counts.</summary>
public sealed class ProductivityTests
{
    [Fact]
    public async Task Page_WhenTheScriptCounts_SaysTheSame()
    {
        var path = Path.Combine(SampleFiles.Root, "docs", "productivity.sh");
        using var script = Process.Start(new ProcessStartInfo("bash", [path])
        {
            RedirectStandardOutput = true,
        })!;
        var table = await script.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await script.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.Equal(0, script.ExitCode);
        var page = Path.Combine(SampleFiles.Root, "docs", "productivity.md");
        Assert.Contains(
            table, await File.ReadAllTextAsync(page, TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }
}
