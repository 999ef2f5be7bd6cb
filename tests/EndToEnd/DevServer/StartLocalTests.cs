using AugmentedOS.EndToEnd.Processes;
using AugmentedOS.EndToEnd.TimeSkipping;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.WorkflowService.V1;
using Temporalio.Common;
using Temporalio.Worker;

namespace AugmentedOS.EndToEnd.DevServer;

/// <summary>The official SDK's local environment, with our executable where it would download theirs.</summary>
public sealed class StartLocalTests
{
    /// <summary>What the .NET SDK's own test suite passes, keys that are long gone among it.</summary>
    private static readonly string[] SuiteArguments =
    [
        "--dynamic-config-value", "system.forceSearchAttributesCacheRefreshOnRead=true",
        "--dynamic-config-value", "frontend.workerVersioningDataAPIs=true",
        "--dynamic-config-value", "frontend.workerVersioningWorkflowAPIs=true",
        "--dynamic-config-value", "worker.buildIdScavengerEnabled=true",
        "--dynamic-config-value", "limit.historyCount.suggestContinueAsNew=50",
        "--dynamic-config-value", "frontend.enableExecuteMultiOperation=true",
        "--dynamic-config-value", "history.enableRequestIdRefLinks=true",
        "--dynamic-config-value", """callback.allowedAddresses=[{"Pattern":"*","AllowInsecure":true}]""",
    ];

    private static readonly SearchAttributeKey[] Attributes =
    [
        SearchAttributeKey.CreateText("MyText"),
        SearchAttributeKey.CreateKeyword("MyKeyword"),
        SearchAttributeKey.CreateLong("MyInt"),
        SearchAttributeKey.CreateDouble("MyDouble"),
        SearchAttributeKey.CreateBool("MyBool"),
        SearchAttributeKey.CreateDateTimeOffset("MyDatetime"),
        SearchAttributeKey.CreateKeywordList("MyKeywords"),
    ];

    [Fact]
    public async Task StartLocal_WithOurExecutable_RunsWorkflows()
    {
        await using var env = await OurExecutable.StartLocalAsync(options =>
        {
            options.DevServerOptions.ExtraArgs = SuiteArguments;
            options.SearchAttributes = Attributes;
            options.Namespace = "mine";
            options.UI = true;
        });
        var queue = $"queue-{Guid.NewGuid():N}";
        using var worker = new TemporalWorker(
            env.Client, new TemporalWorkerOptions(queue).AddWorkflow<SleepWorkflow>());

        var handle = await worker.ExecuteAsync(async () =>
        {
            var started = await env.Client.StartWorkflowAsync(
                (SleepWorkflow workflow) => workflow.RunAsync(TimeSpan.FromMilliseconds(1)),
                new($"workflow-{Guid.NewGuid():N}", queue));
            await started.GetResultAsync();
            return started;
        });

        Assert.False(env.SupportsTimeSkipping);
        Assert.Equal("mine", env.Client.Options.Namespace);
        Assert.Equal(WorkflowExecutionStatus.Completed, (await handle.DescribeAsync()).Status);
        var registered = await env.Client.Connection.OperatorService.ListSearchAttributesAsync(new() { Namespace = "mine" });
        Assert.Equal(
            Attributes.ToDictionary(key => key.Name, key => key.ValueType),
            registered.CustomAttributes.ToDictionary(pair => pair.Key, pair => pair.Value));
    }

    [Fact]
    public async Task StartLocal_WhenALimitIsConfigured_TellsItsWorkers()
    {
        await using var env = await OurExecutable.StartLocalAsync(options => options.DevServerOptions.ExtraArgs =
        [
            "--dynamic-config-value", "limit.blobSize.error=10240", "--dynamic-config-value", "limit.blobSize.warn=2048",
        ]);

        var described = await env.Client.WorkflowService.DescribeNamespaceAsync(
            new DescribeNamespaceRequest { Namespace = "default" });

        Assert.Equal(10_240, described.NamespaceInfo.Limits.BlobSizeLimitError);
    }

    [Fact]
    public async Task StartLocal_WithAFile_StillHasItNextTime()
    {
        using var folder = new TemporaryFolder();
        var id = $"workflow-{Guid.NewGuid():N}";
        await using (var first = await OurExecutable.StartLocalAsync(options => options.DevServerOptions.DatabaseFilename = folder.Database))
        {
            await first.Client.StartWorkflowAsync(
                (SleepWorkflow workflow) => workflow.RunAsync(TimeSpan.Zero), new(id, "nobody"));
        }

        await using var second = await OurExecutable.StartLocalAsync(options => options.DevServerOptions.DatabaseFilename = folder.Database);

        var described = await second.Client.GetWorkflowHandle(id).DescribeAsync();
        Assert.Equal(WorkflowExecutionStatus.Running, described.Status);
    }
}
