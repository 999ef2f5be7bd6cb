using System.Diagnostics;
using AugmentedOS.Bench.Measuring;
using AugmentedOS.Bench.Processes;
using Temporalio.Client;

namespace AugmentedOS.Bench.Scenarios;

/// <summary>From the start of a cold process to its first answered call, and what it takes when idle.</summary>
internal static class ColdStart
{
    private const int Rounds = 7;

    public static async Task<Report> RunAsync()
    {
        var (firstCalls, ready, memory) = (new List<double>(), new List<double>(), new List<double>());
        for (var round = 0; round < Rounds; round++)
        {
            using var file = new EngineFile();
            var watch = Stopwatch.StartNew();
            using var engine = EngineProcess.Start(file.Path);
            ready.Add(engine.Process.Startup.TotalMilliseconds);
            await TemporalClient.ConnectAsync(new TemporalClientConnectOptions(engine.Address));
            firstCalls.Add(watch.Elapsed.TotalMilliseconds);
            memory.Add(engine.Process.ResidentMegabytes);
        }

        return new Report("start")
            .Add("first_call_ms", firstCalls.Order().ElementAt(Rounds / 2), "<= 500")
            .Add("first_call_max_ms", firstCalls.Max())
            .Add("listening_ms", ready.Order().ElementAt(Rounds / 2))
            .Add("idle_rss_mb", memory.Order().ElementAt(Rounds / 2), "<= 90");
    }
}
