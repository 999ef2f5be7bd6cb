using System.Diagnostics;
using Temporalio.Client;

namespace AugmentedOS.Cli.Tests.Engine;

/// <summary>The real process.</summary>
public sealed class EngineStartTests
{
    private const string Announcement = "Engine listens on ";

    [Fact]
    public async Task Start_WhenTerminated_DrainsAndExitsWithSuccess()
    {
        using var engine = Start();
        var address = await ReadAddressAsync(engine);
        var client = await TemporalClient.ConnectAsync(new(address) { Namespace = "orders" });
        await client.StartWorkflowAsync("anything", [], new("id", "queue"));

        await TerminateAsync(engine);
        await engine.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.Equal(ExitCode.Ok, engine.ExitCode);
    }

    [Fact]
    public async Task Start_WhenFormatIsJson_WritesObjectsOnly()
    {
        using var engine = Start("--log-format", "json");
        var line = await engine.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken);

        await TerminateAsync(engine);
        await engine.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.StartsWith("{", line, StringComparison.Ordinal);
    }

    private static Process Start(params string[] more) => Process.Start(new ProcessStartInfo
    {
        FileName = Path.Combine(AppContext.BaseDirectory, OperatingSystem.IsWindows() ? "aos.exe" : "aos"),
        ArgumentList =
        {
            "engine", "start", "--db", ":memory:", "--port", "0", "--http-port", "0", "--namespace", "orders",
        },
        RedirectStandardOutput = true,
        RedirectStandardError = true,
    }.With(more))!;

    private static async Task<string> ReadAddressAsync(Process engine)
    {
        while (await engine.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
        {
            if (line.StartsWith(Announcement, StringComparison.Ordinal))
            {
                return line[Announcement.Length..];
            }
        }

        throw new InvalidOperationException(
            $"The engine ended without an address: {await engine.StandardError.ReadToEndAsync()}");
    }

    /// <summary>As a container's runtime does.</summary>
    private static async Task TerminateAsync(Process engine)
    {
        using var kill = Process.Start("kill", ["-TERM", $"{engine.Id}"]);
        await kill.WaitForExitAsync(TestContext.Current.CancellationToken);
    }
}
