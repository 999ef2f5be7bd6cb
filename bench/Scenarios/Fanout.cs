using System.Diagnostics;
using AugmentedOS.Bench.Measuring;
using AugmentedOS.Bench.Processes;
using AugmentedOS.Bench.Roles;
using Temporalio.Client;

namespace AugmentedOS.Bench.Scenarios;

/// <summary>One workflow with 1,000 parallel activities beside 1,000 workflows with one.</summary>
internal static class Fanout
{
    private const int Activities = 1000;
    private const int Rounds = 3;

    public static async Task<Report> RunAsync()
    {
        using var file = new EngineFile();
        using var engine = EngineProcess.Start(file.Path);
        using var worker = ChildProcess.Start("worker", engine.Address);
        var client = await TemporalClient.ConnectAsync(new TemporalClientConnectOptions(engine.Address));
        await OneActivityLoad.RunAsync(client, Throughput.WarmUp, Throughput.AtATime, "warm");
        await FanAsync(client, "warm");
        var (fans, singles, times) = (new List<double>(), new List<double>(), new List<double>());
        for (var round = 0; round < Rounds; round++)
        {
            var before = engine.Process.Cpu;
            times.Add((await FanAsync(client, $"round-{round}")).TotalMilliseconds);
            var between = engine.Process.Cpu;
            await OneActivityLoad.RunAsync(client, Activities, Throughput.AtATime, $"round-{round}");
            fans.Add((between - before).TotalMilliseconds / Activities);
            singles.Add((engine.Process.Cpu - between).TotalMilliseconds / Activities);
        }

        var ratios = fans.Zip(singles, (fan, single) => fan / single).Order().ToList();
        return new Report("fanout")
            .Add("engine_cpu_ms_per_activity", fans.Order().ElementAt(Rounds / 2))
            .Add("engine_cpu_ms_per_one_activity_workflow", singles.Order().ElementAt(Rounds / 2))
            .Add("cost_ratio", ratios[Rounds / 2], "<= 1.5")
            .Add("thousand_activities_ms", times.Order().ElementAt(Rounds / 2));
    }

    private static async Task<TimeSpan> FanAsync(TemporalClient client, string name)
    {
        var watch = Stopwatch.StartNew();
        await client.ExecuteWorkflowAsync(
            (ManyActivities workflow) => workflow.RunAsync(Activities),
            new WorkflowOptions($"fan-{name}", BenchWorkflows.Queue));
        return watch.Elapsed;
    }
}
