using System.Diagnostics;
using AugmentedOS.Bench.Measuring;
using AugmentedOS.Bench.Processes;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.OperatorService.V1;
using Temporalio.Api.WorkflowService.V1;
using Temporalio.Client;

namespace AugmentedOS.Bench.Scenarios;

/// <summary>Lists and counts by custom attributes over a million closed workflows: the first page, as the web UI and an
/// operator's command line ask for it.</summary>
internal static class Visibility
{
    private const int Count = 1_000_000;
    private const int Calls = 300;
    private const int PageSize = 100;

    public static async Task<Report> RunAsync()
    {
        using var file = new EngineFile();
        var ns = await PrepareAsync(file.Path);
        var watch = Stopwatch.StartNew();
        ClosedWorkflows.Write(file.Path, ns, Count);
        var written = watch.Elapsed;

        watch.Restart();
        using var engine = EngineProcess.Start(file.Path);
        var client = await TemporalClient.ConnectAsync(new TemporalClientConnectOptions(engine.Address));
        var report = new Report("visibility")
            .Add("closed_workflows", Count)
            .Add("generated_seconds", written.TotalSeconds)
            .Add("ready_seconds", watch.Elapsed.TotalSeconds)
            .Add("bytes_per_workflow", (double)file.Bytes / Count);

        await MeasureAsync(report, "list_rare_keyword", n => ListAsync(client, $"Customer = 'customer-{n % 1000}'"), "<= 20");
        await MeasureAsync(report, "list_common_keyword", n => ListAsync(client, $"Region = 'region-{n % 4}'"), "<= 20");
        await MeasureAsync(
            report,
            "list_keyword_and_status",
            n => ListAsync(client, $"Customer = 'customer-{n * 20 % 1000}' AND ExecutionStatus = 'Failed'"),
            "<= 20");
        await MeasureAsync(report, "list_int_range", n => ListAsync(client, $"Amount BETWEEN {n} AND {n + 1}"), "<= 20");
        await MeasureAsync(report, "list_all", _ => ListAsync(client, ""), "<= 20");
        await MeasureAsync(report, "count_rare_keyword", n => CountAsync(client, $"Customer = 'customer-{n % 1000}'"));
        await MeasureAsync(report, "count_common_keyword", n => CountAsync(client, $"Region = 'region-{n % 4}'"), calls: 10);
        return report.Add("engine_rss_mb", engine.Process.ResidentMegabytes);
    }

    /// <summary>Makes the file and its attributes, as an operator would.</summary>
    /// <returns>The id of the namespace.</returns>
    private static async Task<Guid> PrepareAsync(string path)
    {
        using var engine = EngineProcess.Start(path);
        var client = await TemporalClient.ConnectAsync(new TemporalClientConnectOptions(engine.Address));
        await client.OperatorService.AddSearchAttributesAsync(new AddSearchAttributesRequest
        {
            Namespace = "default",
            SearchAttributes =
            {
                ["Customer"] = IndexedValueType.Keyword,
                ["Region"] = IndexedValueType.Keyword,
                ["Amount"] = IndexedValueType.Int,
            },
        });
        var described = await client.WorkflowService.DescribeNamespaceAsync(
            new DescribeNamespaceRequest { Namespace = "default" });
        return Guid.Parse(described.NamespaceInfo.Id);
    }

    private static async Task MeasureAsync(
        Report report, string name, Func<int, Task> call, string? aim = null, int calls = Calls)
    {
        await call(0);
        var samples = new Samples();
        for (var n = 0; n < calls; n++)
        {
            var began = Stopwatch.GetTimestamp();
            await call(n);
            samples.Add(Stopwatch.GetElapsedTime(began));
        }

        report.Add($"{name}_p50_ms", samples.Percentile(0.5)).Add($"{name}_p99_ms", samples.Percentile(0.99), aim);
    }

    private static async Task ListAsync(TemporalClient client, string query)
    {
        var page = await client.WorkflowService.ListWorkflowExecutionsAsync(
            new ListWorkflowExecutionsRequest { Namespace = "default", Query = query, PageSize = PageSize });
        if (page.Executions.Count == 0)
        {
            throw new InvalidOperationException($"{query} found nothing: the file is not what it should be.");
        }
    }

    private static async Task CountAsync(TemporalClient client, string query)
    {
        var counted = await client.WorkflowService.CountWorkflowExecutionsAsync(
            new CountWorkflowExecutionsRequest { Namespace = "default", Query = query });
        if (counted.Count == 0)
        {
            throw new InvalidOperationException($"{query} counted nothing: the file is not what it should be.");
        }
    }
}
