using AugmentedOS.Bench.Measuring;
using AugmentedOS.Bench.Processes;
using Temporalio.Client;

namespace AugmentedOS.Bench.Scenarios;

/// <summary>The engine beside bare gRPC handlers that exchange the same messages, in turns, so that a noisy machine is
/// noisy for both.</summary>
internal static class FloorComparison
{
    private const int Rounds = 3;
    private const int Workflows = 3000;

    public static async Task<Report> RunAsync()
    {
        using var file = new EngineFile();
        using var engine = EngineProcess.Start(file.Path);
        using var floor = EngineProcess.StartFloor();
        using var engineWorker = ChildProcess.Start("worker", engine.Address);
        using var floorWorker = ChildProcess.Start("worker", floor.Address);
        await CostAsync(engine, Throughput.WarmUp, "warm");
        await CostAsync(floor, Throughput.WarmUp, "warm");
        var (engineCosts, floorCosts) = (new List<double>(), new List<double>());
        for (var round = 0; round < Rounds; round++)
        {
            engineCosts.Add(await CostAsync(engine, Workflows, $"round-{round}"));
            floorCosts.Add(await CostAsync(floor, Workflows, $"round-{round}"));
        }

        var ratios = engineCosts.Zip(floorCosts, (above, below) => above / below).Order().ToList();
        return new Report("floor")
            .Add("engine_cpu_ms_per_workflow", engineCosts.Order().ElementAt(Rounds / 2))
            .Add("floor_cpu_ms_per_workflow", floorCosts.Order().ElementAt(Rounds / 2))
            .Add("cpu_ratio_to_floor", ratios[Rounds / 2], "<= 3, then 2")
            .Add("cpu_ratio_to_floor_min", ratios[0])
            .Add("cpu_ratio_to_floor_max", ratios[^1]);
    }

    /// <returns>CPU of the server in milliseconds a workflow.</returns>
    private static async Task<double> CostAsync(EngineProcess server, int count, string prefix)
    {
        var client = await TemporalClient.ConnectAsync(new TemporalClientConnectOptions(server.Address));
        var before = server.Process.Cpu;
        await OneActivityLoad.RunAsync(client, count, Throughput.AtATime, prefix);
        return (server.Process.Cpu - before).TotalMilliseconds / count;
    }
}
