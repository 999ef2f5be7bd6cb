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

        await MeasureListsAsync(report, client);
        await MeasureCountsAsync(report, client);
        return report.Add("engine_rss_mb", engine.Process.ResidentMegabytes);
    }

    private static async Task MeasureListsAsync(Report report, TemporalClient client)
    {
        var now = DateTimeOffset.UtcNow;
        (string Name, Func<int, string> Query)[] lists =
        [
            ("list_rare_keyword", n => $"Customer = 'customer-{n % 1000}'"),
            ("list_common_keyword", n => $"Region = 'region-{n % 4}'"),
            ("list_keyword_and_status", n => $"Customer = 'customer-{n * 20 % 1000}' AND ExecutionStatus = 'Failed'"),
            ("list_int_range", n => $"Amount BETWEEN {n} AND {n + 1}"),
            ("list_wide_int_range", n => $"Amount > {n}"),
            ("list_either", n => $"Customer = 'customer-{n % 1000}' OR WorkflowId STARTS_WITH 'workflow-77{n:000}'"),
            ("list_type", n => n % 2 == 0 ? "WorkflowType = 'Order'" : "WorkflowType = 'Refund'"),
            ("list_workflow_id_prefix", n => $"WorkflowId STARTS_WITH 'workflow-{100 + n}'"),
            ("list_start_time", n => $"StartTime BETWEEN '{now.AddHours(-40).AddSeconds(n):O}' AND '{now.AddHours(-40).AddSeconds(n + 60):O}'"),
            ("list_all", _ => ""),
        ];
        foreach (var (name, query) in lists)
        {
            await MeasureAsync(report, name, n => ListAsync(client, query(n)), "<= 20");
        }

        await MeasureAsync(report, "list_deep_page", await DeepPageAsync(client, "Region = 'region-1'"), "<= 20");
    }

    private static async Task MeasureCountsAsync(Report report, TemporalClient client)
    {
        (string Name, Func<int, string> Query)[] counts =
        [
            ("count_rare_keyword", n => $"Customer = 'customer-{n % 1000}'"),
            ("count_common_keyword", n => $"Region = 'region-{n % 4}'"),
            ("count_common_keyword_by_status", n => $"Region = 'region-{n % 4}' GROUP BY ExecutionStatus"),
            ("count_all_by_status", _ => "GROUP BY ExecutionStatus"),
            ("count_int_range", n => $"Amount BETWEEN {n} AND {n + 1}"),
        ];
        foreach (var (name, query) in counts)
        {
            await MeasureAsync(report, name, n => CountAsync(client, query(n)), "<= 20", calls: 100);
        }
    }

    /// <summary>A call for the 101st page of 1,000.</summary>
    private static async Task<Func<int, Task>> DeepPageAsync(TemporalClient client, string query)
    {
        var request = new ListWorkflowExecutionsRequest { Namespace = "default", Query = query, PageSize = 1000 };
        for (var page = 0; page < 100; page++)
        {
            request.NextPageToken = (await client.WorkflowService.ListWorkflowExecutionsAsync(request)).NextPageToken;
        }

        request.PageSize = PageSize;
        return async _ => await client.WorkflowService.ListWorkflowExecutionsAsync(request);
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
