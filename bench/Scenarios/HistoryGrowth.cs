using AugmentedOS.Bench.Measuring;
using AugmentedOS.Bench.Processes;
using Temporalio.Client;

namespace AugmentedOS.Bench.Scenarios;

/// <summary>What a signal costs a workflow with 20, 2,000 and 20,000 events of history.</summary>
internal static class HistoryGrowth
{
    private const int Rounds = 5;
    private const int Signals = 1500;
    private const int AtATime = 4;
    private const int MarkersPerTask = 500;
    private static readonly int[] Sizes = [20, 2_000, 20_000];

    public static async Task<Report> RunAsync()
    {
        using var file = new EngineFile();
        using var engine = EngineProcess.Start(file.Path);
        var client = await TemporalClient.ConnectAsync(new TemporalClientConnectOptions(engine.Address));
        var worker = new RawWorker(client, "history");

        // Every round has new workflows, or the signals of one round would be the history of the next.
        var costs = Sizes.ToDictionary(size => size, _ => new List<double>());
        await CostAsync(engine, worker, 20, "warm");
        for (var round = 0; round < Rounds; round++)
        {
            foreach (var size in Sizes)
            {
                costs[size].Add(await CostAsync(engine, worker, size, $"round-{round}"));
            }
        }

        double Median(int size) => costs[size].Order().ElementAt(Rounds / 2);
        var report = new Report("history");
        foreach (var size in Sizes)
        {
            report.Add($"signal_cpu_ms_at_{size}_events", Median(size));
        }

        return report
            .Add("cost_ratio", Median(Sizes[^1]) / Median(Sizes[0]), "<= 1.3")
            .Add("cost_ratio_at_2000_events", Median(Sizes[1]) / Median(Sizes[0]), "<= 1.3");
    }

    /// <returns>CPU of the engine in milliseconds a signal.</returns>
    private static async Task<double> CostAsync(EngineProcess engine, RawWorker worker, int events, string name)
    {
        var id = $"history-{events}-{name}";
        await worker.StartAsync(id);
        await GrowAsync(worker, events);
        var before = engine.Process.Cpu;
        var sent = 0;
        await Task.WhenAll(Enumerable.Range(0, AtATime).Select(async _ =>
        {
            while (Interlocked.Increment(ref sent) <= Signals)
            {
                await worker.SignalAsync(id);
            }
        }));
        return (engine.Process.Cpu - before).TotalMilliseconds / Signals;
    }

    /// <summary>Fills the history with markers until it is that long; leaves no workflow task pending.</summary>
    private static async Task GrowAsync(RawWorker worker, int events)
    {
        var length = 3;
        while (true)
        {
            var task = await worker.PollAsync() ?? throw new InvalidOperationException("There is no workflow task.");
            var markers = Math.Clamp(events - length - 1, 0, MarkersPerTask);
            length += markers + 1;
            var isLast = length >= events;
            await worker.CompleteAsync(task.TaskToken, !isLast, Enumerable.Repeat(RawWorker.Marker(), markers));
            if (isLast)
            {
                return;
            }

            length += 2;
        }
    }
}
