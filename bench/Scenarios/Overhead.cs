using AugmentedOS.Bench.Measuring;
using AugmentedOS.Bench.Processes;
using AugmentedOS.Bench.Roles;
using Temporalio.Client;

namespace AugmentedOS.Bench.Scenarios;

/// <summary>What the platform library costs: the load of <see cref="Throughput"/> on a bare worker of the SDK and on hosted ones,
/// each with an engine of its own, in turns, so that a noisy machine is noisy for all.</summary>
internal static class Overhead
{
    private const int Rounds = 5;
    private const int Workflows = 1500;
    private const string Bare = "bare";
    private static readonly string[] Modes =
        [Bare, HostedWorkerRole.Hosted, HostedWorkerRole.Traced, HostedWorkerRole.Whole];

    public static async Task<Report> RunAsync()
    {
        var sides = new List<Side>();
        try
        {
            foreach (var mode in Modes)
            {
                sides.Add(await Side.StartAsync(mode));
            }

            await Parallel.ForEachAsync(sides, async (side, _) => await side.MeasureAsync(Throughput.WarmUp, "warm"));
            sides.ForEach(side => side.Costs.Clear());
            for (var round = 0; round < Rounds; round++)
            {
                // Whoever goes first in a round finds the machine as the round before left it: that falls on each in turn.
                foreach (var side in sides.Skip(round % sides.Count).Concat(sides.Take(round % sides.Count)))
                {
                    await side.MeasureAsync(Workflows, $"round-{round}");
                }
            }

            return ReportOf(sides);
        }
        finally
        {
            sides.ForEach(side => side.Dispose());
        }
    }

    private static Report ReportOf(List<Side> sides)
    {
        var bare = sides[0];
        var report = new Report("overhead").Add("bare_worker_cpu_ms_per_workflow", Median(bare.Costs.Select(cost => cost.Worker)));
        foreach (var side in sides.Skip(1))
        {
            var pairs = side.Costs.Zip(bare.Costs).ToList();
            report
                .Add($"{side.Mode}_worker_cpu_ms_per_workflow", Median(side.Costs.Select(cost => cost.Worker)))
                .Add($"{side.Mode}_worker_cpu_ratio", Median(pairs.Select(pair => pair.First.Worker / pair.Second.Worker)))
                .Add(
                    $"{side.Mode}_cpu_ratio",
                    Median(pairs.Select(pair => pair.First.Whole / pair.Second.Whole)),
                    "<= 1.05");
        }

        return report;
    }

    private static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return sorted[sorted.Count / 2];
    }

    /// <summary>CPU in milliseconds a workflow.</summary>
    private readonly record struct Cost(double Worker, double Whole);

    /// <summary>An engine and a worker.</summary>
    private sealed class Side(string mode, EngineFile file, EngineProcess engine, ChildProcess worker, ITemporalClient client)
        : IDisposable
    {
        public string Mode => mode;

        public List<Cost> Costs { get; } = [];

        public static async Task<Side> StartAsync(string mode)
        {
            var file = new EngineFile();
            var engine = EngineProcess.Start(file.Path);
            var worker = mode == Bare
                ? ChildProcess.Start("worker", engine.Address)
                : ChildProcess.Start("hosted-worker", engine.Address, mode);
            var client = await TemporalClient.ConnectAsync(new TemporalClientConnectOptions(engine.Address));
            return new Side(mode, file, engine, worker, client);
        }

        public async Task MeasureAsync(int count, string prefix)
        {
            var (workerBefore, engineBefore) = (worker.Cpu, engine.Process.Cpu);
            await OneActivityLoad.RunAsync(client, count, Throughput.AtATime, prefix);
            var ofWorker = (worker.Cpu - workerBefore).TotalMilliseconds / count;
            var ofEngine = (engine.Process.Cpu - engineBefore).TotalMilliseconds / count;
            Costs.Add(new Cost(ofWorker, ofWorker + ofEngine));
        }

        public void Dispose()
        {
            worker.Dispose();
            engine.Dispose();
            file.Dispose();
        }
    }
}
