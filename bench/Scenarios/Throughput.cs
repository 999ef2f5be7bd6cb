using AugmentedOS.Bench.Measuring;
using AugmentedOS.Bench.Processes;
using Temporalio.Client;

namespace AugmentedOS.Bench.Scenarios;

/// <summary>One workflow with one activity on the official .NET worker: engine, worker and load are three processes.</summary>
internal static class Throughput
{
    private const int WarmUp = 1500;
    private const int Workflows = 6000;
    private const int AtATime = 150;

    /// <summary>A start with the first task, its completion with the activity, its completion with the next task, and the
    /// last completion: what a waiting poller leaves of eleven events.</summary>
    public static async Task<Report> RunAsync()
    {
        using var file = new EngineFile();
        using var engine = ChildProcess.Start("engine", file.Path);
        using var worker = ChildProcess.Start("worker", engine.Ready);
        var client = await TemporalClient.ConnectAsync(new TemporalClientConnectOptions(engine.Ready));
        await OneActivityLoad.RunAsync(client, WarmUp, AtATime, "warm");
        var (cpu, workerCpu, bytes, written) = (engine.Cpu, worker.Cpu, file.Bytes, engine.WrittenBytes);
        var (rows, commits) = (file.Count("journal"), await EngineMetrics.CommitsAsync(engine.Ready));
        var took = await OneActivityLoad.RunAsync(client, Workflows, AtATime, "run");
        var rowsOfRun = file.Count("journal") - rows;
        return new Report("throughput")
            .Add("completed_per_second", Workflows / took.TotalSeconds, ">= 800")
            .Add("engine_cpu_ms_per_workflow", (engine.Cpu - cpu).TotalMilliseconds / Workflows, "<= 0.6")
            .Add("worker_cpu_ms_per_workflow", (worker.Cpu - workerCpu).TotalMilliseconds / Workflows)
            .Add("journal_rows_per_workflow", (double)rowsOfRun / Workflows, "<= 1 per transition")
            .Add("fsyncs_per_workflow", (double)(await EngineMetrics.CommitsAsync(engine.Ready) - commits) / Workflows)
            .Add("bytes_per_workflow", (double)(file.Bytes - bytes) / Workflows)
            .Add("written_bytes_per_workflow", (double)(engine.WrittenBytes - written) / Workflows)
            .Add("engine_rss_mb", engine.ResidentMegabytes);
    }
}
