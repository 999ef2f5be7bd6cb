using System.Diagnostics;
using AugmentedOS.Bench.Measuring;
using AugmentedOS.Bench.Processes;
using Temporalio.Client;

namespace AugmentedOS.Bench.Scenarios;

/// <summary>100,000 open workflows waiting on timers: what they cost in memory, and how long until the engine serves
/// again after the plug was pulled.</summary>
internal static class Open
{
    private const int Count = 100_000;

    public static async Task<Report> RunAsync()
    {
        using var file = new EngineFile();
        double memory;
        var watch = Stopwatch.StartNew();
        TimeSpan opened;
        using (var engine = EngineProcess.Start(file.Path))
        {
            var client = await TemporalClient.ConnectAsync(new TemporalClientConnectOptions(engine.Address));
            await OpenWorkflows.OpenAsync(client, Count);
            opened = watch.Elapsed;
            memory = engine.Process.ResidentMegabytes;
            engine.Process.Kill();
        }

        watch.Restart();
        using var again = EngineProcess.Start(file.Path);
        var survivor = await TemporalClient.ConnectAsync(new TemporalClientConnectOptions(again.Address));
        await new RawWorker(survivor, "waiting").SignalAsync($"waiting-{Count / 2}");
        var ready = watch.Elapsed;
        return new Report("open")
            .Add("open_workflows", Count)
            .Add("opened_per_second", Count / opened.TotalSeconds)
            .Add("engine_rss_mb", memory, "<= 400")
            .Add("ready_seconds", ready.TotalSeconds, "<= 3")
            .Add("engine_rss_after_restart_mb", again.Process.ResidentMegabytes)
            .Add("bytes_per_workflow", (double)file.Bytes / Count);
    }
}
