using Google.Protobuf;
using Grpc.Core;
using Temporalio.Api.Deployment.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.TaskQueue.V1;
using Temporalio.Api.Workflow.V1;
using Temporalio.Api.WorkflowService.V1;

namespace AugmentedOS.Engine.Tests.Api;

public sealed class DeploymentRpcsTests(EngineFixture engine) : IClassFixture<EngineFixture>
{
    private readonly string _deployment = $"d-{Guid.NewGuid():N}";
    private readonly string _queue = $"q-{Guid.NewGuid():N}";

    [Fact]
    public async Task AVersion_WhenItsWorkerPollsFirst_IsMadeWithTheQueue()
    {
        using var raw = new RawEngine(engine.Address);

        await PollOnceAsync(raw, "1");

        var described = await DescribeVersionAsync(raw, "1");
        var info = described.WorkerDeploymentVersionInfo;
        Assert.Equal(WorkerDeploymentVersionStatus.Inactive, info.Status);
        Assert.Equal(($"{_deployment}.1", _deployment), (info.Version, info.DeploymentVersion.DeploymentName));
        var queue = Assert.Single(described.VersionTaskQueues);
        Assert.Equal((_queue, TaskQueueType.Workflow), (queue.Name, queue.Type));
    }

    [Fact]
    public async Task SetCurrent_WhenItIsRepeatedWithAStaleToken_IsRefused()
    {
        using var raw = new RawEngine(engine.Address);
        await PollOnceAsync(raw, "1");
        await PollOnceAsync(raw, "2");
        var first = await raw.CallAsync<DescribeWorkerDeploymentResponse>(Named());

        await raw.CallAsync<SetWorkerDeploymentCurrentVersionResponse>(Current("1", first.ConflictToken));
        var refused = await raw.RefusedAsync(Current("2", first.ConflictToken));

        Assert.Equal(StatusCode.FailedPrecondition, refused.StatusCode);
        Assert.Equal("conflict token mismatch", refused.Status.Detail);
        var described = await raw.CallAsync<DescribeWorkerDeploymentResponse>(Named());
        Assert.Equal("1", described.WorkerDeploymentInfo.RoutingConfig.CurrentDeploymentVersion.BuildId);
        Assert.Equal(
            RoutingConfigUpdateState.Completed, described.WorkerDeploymentInfo.RoutingConfigUpdateState);
    }

    [Fact]
    public async Task Deployments_WhenThereAreMoreThanAPage_AreListedPageByPage()
    {
        using var raw = new RawEngine(engine.Address);
        string[] names = [$"{_deployment}-1", $"{_deployment}-2", $"{_deployment}-3"];
        foreach (var name in names)
        {
            await raw.CallAsync<CreateWorkerDeploymentResponse>(
                new CreateWorkerDeploymentRequest { Namespace = "default", DeploymentName = name, RequestId = name });
        }

        var listed = new List<string>();
        var token = ByteString.Empty;
        do
        {
            var page = await raw.CallAsync<ListWorkerDeploymentsResponse>(new ListWorkerDeploymentsRequest
            {
                Namespace = "default",
                PageSize = 2,
                NextPageToken = token,
            });
            Assert.InRange(page.WorkerDeployments.Count, 1, 2);
            listed.AddRange(page.WorkerDeployments.Select(deployment => deployment.Name));
            token = page.NextPageToken;
        }
        while (!token.IsEmpty);

        Assert.Equal(
            names.Reverse(), listed.Where(name => name.StartsWith(_deployment, StringComparison.Ordinal)));
        Assert.Equal(listed.Distinct().Count(), listed.Count);
    }

    [Fact]
    public async Task ARequest_WhenItIsBad_IsRefusedInAServersWords()
    {
        using var raw = new RawEngine(engine.Address);
        await PollOnceAsync(raw, "1");

        await RefusedAsync(
            raw,
            "deployment name cannot be empty",
            new SetWorkerDeploymentCurrentVersionRequest { Namespace = "default", BuildId = "1" });
        await RefusedAsync(
            raw,
            "Percentage must be between 0 and 100 (inclusive)",
            new SetWorkerDeploymentRampingVersionRequest
            {
                Namespace = "default",
                DeploymentName = _deployment,
                BuildId = "1",
                Percentage = 100.5f,
            });
        await RefusedAsync(
            raw,
            $"invalid version string 'other.1' does not match deployment name '{_deployment}'",
            new SetWorkerDeploymentCurrentVersionRequest
            {
                Namespace = "default",
                DeploymentName = _deployment,
                Version = "other.1",
            });
        await RefusedAsync(
            raw,
            "Identity is required",
            new SetWorkerDeploymentManagerRequest { Namespace = "default", DeploymentName = _deployment });
        await RefusedAsync(
            raw,
            "At least one of remove_entries or upsert_entries must be provided",
            new UpdateWorkerDeploymentVersionMetadataRequest { Namespace = "default" });
        await RefusedAsync(raw, "Deployment name and build id must be set together.", Poll(""));
    }

    [Fact]
    public async Task AVersion_WhenItIsUnknown_IsNotFound()
    {
        using var raw = new RawEngine(engine.Address);

        var refused = await raw.RefusedAsync(VersionRequest("1"));

        Assert.Equal(StatusCode.NotFound, refused.StatusCode);
        Assert.Equal("Worker Deployment Version not found", refused.Status.Detail);
    }

    [Fact]
    public async Task AWorkflow_WhenItIsPinnedToAVersionThatDoesNotServeItsQueue_DoesNotStart()
    {
        using var raw = new RawEngine(engine.Address);

        var refused = await raw.RefusedAsync(Pinned("1"));

        Assert.Equal(StatusCode.FailedPrecondition, refused.StatusCode);
        Assert.Equal(
            $"Pinned version '{_deployment}:1' is not present in task queue '{_queue}' of type 'Workflow'",
            refused.Status.Detail);
    }

    [Fact]
    public async Task RoutingAndPins_WhenTheEngineRestarts_AreAsBefore()
    {
        var file = Path.Combine(Path.GetTempPath(), $"deployments-{Guid.NewGuid():N}.db");
        try
        {
            string runId;
            await using (var first = await EngineFixture.StartAsync(options => options.DatabasePath = file))
            {
                using var raw = new RawEngine(first.Address);
                await PollOnceAsync(raw, "1");
                await PollOnceAsync(raw, "2");
                await raw.CallAsync<SetWorkerDeploymentCurrentVersionResponse>(Current("2", ByteString.Empty));
                runId = (await raw.CallAsync<StartWorkflowExecutionResponse>(Pinned("1"))).RunId;
            }

            await using var second = await EngineFixture.StartAsync(options => options.DatabasePath = file);
            using var after = new RawEngine(second.Address);
            var open = await after.CallAsync<StartWorkflowExecutionResponse>(Start());
            var ofSecond = await after.CallAsync<PollWorkflowTaskQueueResponse>(Poll("2"));
            var ofFirst = await after.CallAsync<PollWorkflowTaskQueueResponse>(Poll("1"));

            Assert.Equal(open.RunId, ofSecond.WorkflowExecution.RunId);
            Assert.Equal(runId, ofFirst.WorkflowExecution.RunId);
            var described = await after.CallAsync<DescribeWorkerDeploymentResponse>(
                Named());
            Assert.Equal("2", described.WorkerDeploymentInfo.RoutingConfig.CurrentDeploymentVersion.BuildId);
        }
        finally
        {
            foreach (var left in Directory.GetFiles(Path.GetTempPath(), Path.GetFileName(file) + "*"))
            {
                File.Delete(left);
            }
        }
    }

    private static async Task RefusedAsync(RawEngine raw, string text, IMessage request)
    {
        var refused = await raw.RefusedAsync(request);
        Assert.Equal((StatusCode.InvalidArgument, text), (refused.StatusCode, refused.Status.Detail));
    }

    /// <summary>Polls until the version is known with the queue, and goes.</summary>
    private async Task PollOnceAsync(RawEngine raw, string build)
    {
        using var gone = new CancellationTokenSource();
        var poll = raw.CallAsync<PollWorkflowTaskQueueResponse>(Poll(build), cancelled: gone.Token);
        while (true)
        {
            try
            {
                if ((await DescribeVersionAsync(raw, build)).VersionTaskQueues.Count > 0)
                {
                    break;
                }
            }
            catch (RpcException e) when (e.StatusCode == StatusCode.NotFound)
            {
                await Task.Delay(10);
            }
        }

        await gone.CancelAsync();
        await Assert.ThrowsAsync<RpcException>(() => poll);
    }

    private PollWorkflowTaskQueueRequest Poll(string build) => new()
    {
        Namespace = "default",
        TaskQueue = new TaskQueue { Name = _queue },
        Identity = "worker",
        DeploymentOptions = new()
        {
            DeploymentName = _deployment,
            BuildId = build,
            WorkerVersioningMode = WorkerVersioningMode.Versioned,
        },
    };

    private StartWorkflowExecutionRequest Start() => new()
    {
        Namespace = "default",
        WorkflowId = Guid.NewGuid().ToString("N"),
        WorkflowType = new() { Name = "Greeting" },
        TaskQueue = new TaskQueue { Name = _queue },
        RequestId = Guid.NewGuid().ToString("N"),
    };

    private StartWorkflowExecutionRequest Pinned(string build)
    {
        var request = Start();
        request.VersioningOverride = new VersioningOverride
        {
            Pinned = new()
            {
                Behavior = VersioningOverride.Types.PinnedOverrideBehavior.Pinned,
                Version = new() { DeploymentName = _deployment, BuildId = build },
            },
        };
        return request;
    }

    private SetWorkerDeploymentCurrentVersionRequest Current(string build, ByteString token) => new()
    {
        Namespace = "default",
        DeploymentName = _deployment,
        BuildId = build,
        ConflictToken = token,
        IgnoreMissingTaskQueues = true,
        Identity = "ops",
    };

    private DescribeWorkerDeploymentVersionRequest VersionRequest(string build) => new()
    {
        Namespace = "default",
        DeploymentVersion = new WorkerDeploymentVersion { DeploymentName = _deployment, BuildId = build },
    };

    private Task<DescribeWorkerDeploymentVersionResponse> DescribeVersionAsync(RawEngine raw, string build) =>
        raw.CallAsync<DescribeWorkerDeploymentVersionResponse>(VersionRequest(build));

    private DescribeWorkerDeploymentRequest Named() => new() { Namespace = "default", DeploymentName = _deployment };
}
