using System.Globalization;
using AugmentedOS.EndToEnd.Processes;
using AugmentedOS.Testing.Workers;
using Temporalio.Api.WorkflowService.V1;
using Temporalio.Client;

namespace AugmentedOS.EndToEnd.Commands;

/// <summary>Ctrl-C and SIGTERM: long polls return empty, commits finish, the file closes.</summary>
public sealed class EngineStopTests : IDisposable
{
    private const int SigInt = 2;
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("INT")]
    [InlineData("TERM")]
    public async Task Engine_WhenToldToStop_DrainsAndExitsWithSuccess(string signal)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no such signals.");
        Assert.SkipWhen(signal == "INT" && IsSigIntIgnored(), "Started in the background: SIGINT is ignored here.");
        await using var engine = await EngineProcess.StartReadyAsync("--db", _folder.Database);
        var client = await TemporalClient.ConnectAsync(
            new(await engine.AddressAsync()) { Runtime = QuietRuntime.Instance });
        var poll = client.WorkflowService.PollWorkflowTaskQueueAsync(
            new PollWorkflowTaskQueueRequest { Namespace = "default", TaskQueue = new() { Name = "idle" } },
            new RpcOptions { Retry = false, Timeout = TimeSpan.FromSeconds(60) });
        var started = await client.StartWorkflowAsync("anything", [], new("kept", "nobody"));
        await WaitForPollerAsync(client);

        await engine.SendAsync(signal);

        Assert.True((await poll).TaskToken.IsEmpty);
        Assert.Equal(0, await engine.EndAsync());
        Assert.False(File.Exists(_folder.Database + "-wal"), "the file was not closed in good order");
        await using var again = await EngineProcess.StartReadyAsync("--db", _folder.Database);
        var kept = await TemporalClient.ConnectAsync(new(await again.AddressAsync()));
        Assert.Equal(started.ResultRunId, (await kept.GetWorkflowHandle("kept").DescribeAsync()).RunId);
    }

    private static async Task WaitForPollerAsync(TemporalClient client)
    {
        while (true)
        {
            var described = await client.WorkflowService.DescribeTaskQueueAsync(
                new DescribeTaskQueueRequest { Namespace = "default", TaskQueue = new() { Name = "idle" } });
            if (described.Pollers.Count > 0)
            {
                return;
            }
        }
    }

    /// <summary>A shell without job control starts background programs this way, and their children inherit it.</summary>
    private static bool IsSigIntIgnored()
    {
        const string prefix = "SigIgn:";
        if (!File.Exists("/proc/self/status"))
        {
            return false;
        }

        var line = File.ReadLines("/proc/self/status").First(line => line.StartsWith(prefix, StringComparison.Ordinal));
        var ignored = ulong.Parse(line[prefix.Length..].Trim(), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        return (ignored & (1UL << (SigInt - 1))) != 0;
    }
}
