using Google.Protobuf;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.WorkflowService.V1;
using Temporalio.Client;
using Temporalio.Common;
using Temporalio.Exceptions;
using Temporalio.Worker;
using static AugmentedOS.EndToEnd.Sdk.VersionedWorkflows;
using InitialVersioningBehavior = Temporalio.Workflows.InitialVersioningBehavior;

namespace AugmentedOS.EndToEnd.Sdk;

/// <summary>Two versions of a worker, and workflows that go to one, stay with it or move to the other.</summary>
public sealed class VersioningTests(SdkEngine engine)
{
    private const float NoShare = 0;
    private const float HalfShare = 50;
    private const float WholeShare = 100;

    private readonly string _deployment = SdkEngine.NewName("deployment");

    [Fact]
    public async Task CurrentVersion_WhenItChanges_TakesTheAutoUpgradeWorkflowAndLeavesThePinnedOne() =>
        await WithVersionsAsync(async queue =>
        {
            await SetCurrentAsync("1");
            var moving = await engine.Client.StartWorkflowAsync(
                (MovingWorkflow w) => w.RunAsync(), new(SdkEngine.NewName("moving"), queue));
            var pinned = await StartPinnedAsync(queue);
            await WaitForVersionAsync(moving, "1");
            await WaitForVersionAsync(pinned, "1");

            await SetCurrentAsync("2");
            await moving.SignalAsync(w => w.GoOnAsync());
            await pinned.SignalAsync(w => w.GoOnAsync(InitialVersioningBehavior.Unspecified));

            Assert.Equal("1, 2", await moving.GetResultAsync());
            Assert.Equal("1, 1", await pinned.GetResultAsync());
            var info = (await SdkEngine.DescribeRawAsync(moving)).WorkflowExecutionInfo;
            Assert.Equal((_deployment, "2"), (info.WorkerDeploymentName, info.VersioningInfo.DeploymentVersion.BuildId));
            Assert.Equal(["1", "2"], (await CompletedByAsync(moving)).Distinct());
            Assert.Equal(["1"], (await CompletedByAsync(pinned)).Distinct());
        });

    [Fact]
    public async Task Ramp_WhenItGrows_TakesTheSameWorkflowsEveryTime() => await WithVersionsAsync(async queue =>
    {
        await SetCurrentAsync("1");
        var ids = Enumerable.Range(0, 32).Select(number => $"{queue}-{number}").ToList();
        async Task<IReadOnlyList<string>> RunAllAsync() => await Task.WhenAll(ids.Select(id =>
            engine.Client.ExecuteWorkflowAsync((ShortWorkflow w) => w.RunAsync(), new(id, queue))));

        await SetRampingAsync("2", NoShare);
        Assert.All(await RunAllAsync(), version => Assert.Equal("1", version));

        await SetRampingAsync("2", HalfShare);
        var half = await RunAllAsync();
        Assert.Equal(["1", "2"], half.Distinct().Order());
        Assert.Equal(half, await RunAllAsync());

        await SetRampingAsync("2", WholeShare);
        Assert.All(await RunAllAsync(), version => Assert.Equal("2", version));
    });

    [Fact]
    public async Task ContinueAsNew_WhenItAsksForAnUpgrade_MovesAPinnedWorkflowToTheCurrentVersion() =>
        await WithVersionsAsync(async queue =>
        {
            await SetCurrentAsync("1");
            var handle = await StartPinnedAsync(queue);
            await WaitForVersionAsync(handle, "1");
            await SetCurrentAsync("2");

            await handle.SignalAsync(w => w.GoOnAsync(InitialVersioningBehavior.AutoUpgrade));

            Assert.Equal("2", await handle.GetResultAsync());
        });

    [Fact]
    public async Task ContinueAsNew_WhenItAsksForTheRampingVersion_GoesThereWhateverItsShare() =>
        await WithVersionsAsync(async queue =>
        {
            await SetCurrentAsync("1");
            var handle = await StartPinnedAsync(queue);
            await WaitForVersionAsync(handle, "1");
            await SetRampingAsync("2", NoShare);

            await handle.SignalAsync(w => w.GoOnAsync(InitialVersioningBehavior.UseRampingVersion));

            Assert.Equal("2", await handle.GetResultAsync());
        });

    [Fact]
    public async Task Start_WithAPinnedOverride_RunsOnThatVersionAndSaysSo() => await WithVersionsAsync(async queue =>
    {
        await SetCurrentAsync("1");
        await WaitForVersionsAsync("2");

        var handle = await engine.Client.StartWorkflowAsync(
            (MovingWorkflow w) => w.RunAsync(),
            new(SdkEngine.NewName("moving"), queue) { VersioningOverride = new VersioningOverride.Pinned(Version("2")) });
        await handle.SignalAsync(w => w.GoOnAsync());

        Assert.EndsWith("2", await handle.GetResultAsync());
        var started = (await handle.FetchHistoryAsync()).Events.First().WorkflowExecutionStartedEventAttributes;
        Assert.Equal("2", started.VersioningOverride.Pinned.Version.BuildId);
        var info = (await SdkEngine.DescribeRawAsync(handle)).WorkflowExecutionInfo.VersioningInfo;
        Assert.Equal("2", info.VersioningOverride.Pinned.Version.BuildId);
        Assert.Equal(["2"], (await CompletedByAsync(handle)).Distinct());
    });

    [Fact]
    public async Task Child_OfAPinnedWorkflow_StartsOnItsVersion() => await WithVersionsAsync(async queue =>
    {
        await SetCurrentAsync("1");
        var parent = await engine.Client.StartWorkflowAsync(
            (PinnedParentWorkflow w) => w.RunAsync(), new(SdkEngine.NewName("parent"), queue));
        await WaitForVersionAsync(parent, "1");
        await SetCurrentAsync("2");

        await parent.SignalAsync(w => w.GoOnAsync());

        Assert.Equal("1", await parent.GetResultAsync());
    });

    [Fact]
    public async Task Override_ThatPinsWithoutAVersion_KeepsAPinnedWorkflowWhereItIsAndRefusesOthers() =>
        await WithVersionsAsync(async queue =>
        {
            await SetCurrentAsync("1");
            var pinned = await StartPinnedAsync(queue);
            var moving = await engine.Client.StartWorkflowAsync(
                (MovingWorkflow w) => w.RunAsync(), new(SdkEngine.NewName("moving"), queue));
            await WaitForVersionAsync(pinned, "1");
            await WaitForVersionAsync(moving, "1");

            var kept = await PinAsync(pinned);
            var refused = await Assert.ThrowsAsync<RpcException>(() => PinAsync(moving));

            Assert.Equal((_deployment, "1"), (kept.Pinned.Version.DeploymentName, kept.Pinned.Version.BuildId));
            Assert.Equal(RpcException.StatusCode.FailedPrecondition, refused.Code);
            Assert.Equal(
                $"must specify a specific pinned override version because workflow with id {moving.Id} has behavior "
                + "AutoUpgrade and is not yet pinned to any version",
                refused.Message);
        });

    private static async Task<IReadOnlyList<string>> CompletedByAsync(WorkflowHandle handle) =>
        [.. (await handle.FetchHistoryAsync()).Events
            .Where(e => e.EventType == EventType.WorkflowTaskCompleted)
            .Select(e => e.WorkflowTaskCompletedEventAttributes.DeploymentVersion.BuildId)];

    /// <summary>Until its first task is done there.</summary>
    private static async Task WaitForVersionAsync(WorkflowHandle handle, string build)
    {
        while ((await SdkEngine.DescribeRawAsync(handle)).WorkflowExecutionInfo.VersioningInfo?.DeploymentVersion?.BuildId
            != build)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20));
        }
    }

    private Task<WorkflowHandle<PinnedWorkflow, string>> StartPinnedAsync(string queue) =>
        engine.Client.StartWorkflowAsync(
            (PinnedWorkflow w) => w.RunAsync(false), new(SdkEngine.NewName("pinned"), queue));

    private async Task<Temporalio.Api.Workflow.V1.VersioningOverride> PinAsync(WorkflowHandle handle) =>
        (await engine.Client.WorkflowService.UpdateWorkflowExecutionOptionsAsync(new()
        {
            Namespace = "default",
            WorkflowExecution = new() { WorkflowId = handle.Id },
            WorkflowExecutionOptions = new()
            {
                VersioningOverride = new()
                {
                    Pinned = new()
                    {
                        Behavior = Temporalio.Api.Workflow.V1.VersioningOverride.Types.PinnedOverrideBehavior.Pinned,
                    },
                },
            },
            UpdateMask = new() { Paths = { "versioning_override" } },
        })).WorkflowExecutionOptions.VersioningOverride;

    private WorkerDeploymentVersion Version(string build) => new(_deployment, build);

    private async Task WithVersionsAsync(Func<string, Task> body)
    {
        var queue = SdkEngine.NewName("queue");
        using var first = NewWorker(queue, "1");
        using var second = NewWorker(queue, "2");
        await first.ExecuteAsync(() => second.ExecuteAsync(() => body(queue).WaitAsync(SdkEngine.Patience)));
    }

    private TemporalWorker NewWorker(string queue, string build) => engine.NewWorker(queue, options =>
    {
        options.DeploymentOptions = new WorkerDeploymentOptions(Version(build), useWorkerVersioning: true);
        options.AddWorkflow<MovingWorkflow>();
        options.AddWorkflow<PinnedWorkflow>();
        options.AddWorkflow<PinnedParentWorkflow>();
        options.AddWorkflow<ShortWorkflow>();
    });

    private async Task<ByteString> WaitForVersionsAsync(string build)
    {
        while (true)
        {
            try
            {
                var described = await engine.Client.WorkflowService.DescribeWorkerDeploymentAsync(
                    new DescribeWorkerDeploymentRequest { Namespace = "default", DeploymentName = _deployment });
                if (described.WorkerDeploymentInfo.VersionSummaries.Any(
                    summary => summary.DeploymentVersion.BuildId == build))
                {
                    return described.ConflictToken;
                }
            }
            catch (RpcException e) when (e.Code == RpcException.StatusCode.NotFound)
            {
                // Its worker has not polled yet.
            }

            await Task.Delay(TimeSpan.FromMilliseconds(20));
        }
    }

    private async Task SetCurrentAsync(string build) =>
        await engine.Client.WorkflowService.SetWorkerDeploymentCurrentVersionAsync(new()
        {
            Namespace = "default",
            DeploymentName = _deployment,
            ConflictToken = await WaitForVersionsAsync(build),
            BuildId = build,
        });

    private async Task SetRampingAsync(string build, float percentage) =>
        await engine.Client.WorkflowService.SetWorkerDeploymentRampingVersionAsync(new()
        {
            Namespace = "default",
            DeploymentName = _deployment,
            ConflictToken = await WaitForVersionsAsync(build),
            BuildId = build,
            Percentage = percentage,
        });
}
