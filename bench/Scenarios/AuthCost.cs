using AugmentedOS.Bench.Measuring;
using AugmentedOS.Bench.Processes;
using AugmentedOS.Bench.Roles;
using Temporalio.Client;

namespace AugmentedOS.Bench.Scenarios;

/// <summary>What it costs to know the callers: the load of <see cref="Throughput"/> on an engine that lets everybody in, on one
/// that asks for tokens, and on one that records what they do as well.</summary>
internal static class AuthCost
{
    private const int Rounds = 3;
    private const int WarmUp = 1500;
    private const int Workflows = 3000;

    public static async Task<Report> RunAsync()
    {
        using var issuer = new BenchIssuer();
        (string Name, Dictionary<string, string> Settings)[] modes =
        [
            ("open", []),
            ("tokens", new() { ["AOS_ENGINE__ACCESS__TOKENKEYS"] = issuer.KeySet }),
            ("audited", new()
            {
                ["AOS_ENGINE__ACCESS__TOKENKEYS"] = issuer.KeySet, ["AOS_ENGINE__AUDIT__FILE"] = issuer.AuditFile,
            }),
        ];
        // In turns, so that what else the machine does falls on all alike.
        var measured = modes.ToDictionary(mode => mode.Name, _ => (Cpu: new List<double>(), Rate: new List<double>()));
        for (var round = 0; round < Rounds; round++)
        {
            foreach (var (name, settings) in modes)
            {
                var (cpu, rate) = await MeasureAsync(settings, issuer.Token);
                measured[name].Cpu.Add(cpu);
                measured[name].Rate.Add(rate);
            }
        }

        var report = new Report("auth");
        foreach (var (name, _) in modes)
        {
            report.Add($"{name}_completed_per_second", Median(measured[name].Rate));
            report.Add($"{name}_engine_cpu_ms_per_workflow", Median(measured[name].Cpu));
        }

        return report
            .Add("tokens_cpu_ratio", Median(measured["tokens"].Cpu) / Median(measured["open"].Cpu), "<= 1.05")
            .Add("audited_cpu_ratio", Median(measured["audited"].Cpu) / Median(measured["open"].Cpu), "<= 1.15");
    }

    private static async Task<(double CpuMs, double Rate)> MeasureAsync(Dictionary<string, string> settings, string token)
    {
        using var file = new EngineFile();
        using var engine = new EngineProcess(ChildProcess.Start(settings, "engine", file.Path));
        using var worker = ChildProcess.Start(
            new Dictionary<string, string> { [WorkerRole.TokenVariable] = token }, "worker", engine.Address);
        var client = await TemporalClient.ConnectAsync(WorkerRole.OptionsFor(engine.Address, token));
        await OneActivityLoad.RunAsync(client, WarmUp, Throughput.AtATime, "warm");
        var cpu = engine.Process.Cpu;
        var took = await OneActivityLoad.RunAsync(client, Workflows, Throughput.AtATime, "run");
        return ((engine.Process.Cpu - cpu).TotalMilliseconds / Workflows, Workflows / took.TotalSeconds);
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
}
