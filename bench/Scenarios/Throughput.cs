using AugmentedOS.Bench.Measuring;
using AugmentedOS.Bench.Processes;
using Temporalio.Client;

namespace AugmentedOS.Bench.Scenarios;

/// <summary>One workflow with one activity on the official .NET worker: engine, worker and load are three processes.</summary>
internal static class Throughput
{
    public const int WarmUp = 3000;
    public const int Workflows = 8000;
    public const int AtATime = 150;

    public static async Task<Report> RunAsync()
    {
        using var file = new EngineFile();
        using var engine = EngineProcess.Start(file.Path);
        using var worker = ChildProcess.Start("worker", engine.Address);
        var client = await TemporalClient.ConnectAsync(new TemporalClientConnectOptions(engine.Address));
        await OneActivityLoad.RunAsync(client, WarmUp, AtATime, "warm");

        var (cpu, workerCpu) = (engine.Process.Cpu, worker.Cpu);
        var (bytes, written) = (file.Bytes, engine.Process.WrittenBytes);
        var (rows, commits) = (file.Count("journal"), await EngineMetrics.CommitsAsync(engine.HttpAddress));
        var took = await OneActivityLoad.RunAsync(client, Workflows, AtATime, "run");
        var spent = (engine.Process.Cpu - cpu).TotalMilliseconds;
        var fsyncs = await EngineMetrics.CommitsAsync(engine.HttpAddress) - commits;
        return new Report("throughput")
            .Add("completed_per_second", Workflows / took.TotalSeconds, ">= 800")
            .Add("engine_cpu_ms_per_workflow", spent / Workflows, "<= 0.6")
            .Add("worker_cpu_ms_per_workflow", (worker.Cpu - workerCpu).TotalMilliseconds / Workflows)
            .Add("journal_rows_per_workflow", (double)(file.Count("journal") - rows) / Workflows, "<= 1 per transition")
            .Add("fsyncs_per_workflow", fsyncs / Workflows)
            .Add("bytes_per_workflow", (double)(file.Bytes - bytes) / Workflows)
            .Add("written_bytes_per_workflow", (double)(engine.Process.WrittenBytes - written) / Workflows)
            .Add("engine_rss_mb", engine.Process.ResidentMegabytes);
    }
}
