using Google.Protobuf;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Deployment.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.WorkflowService.V1;
using Temporalio.Client;
using Temporalio.Exceptions;
using static AugmentedOS.EndToEnd.Sdk.VersionedWorkflows;
using WorkerDeploymentVersion = Temporalio.Api.Deployment.V1.WorkerDeploymentVersion;

namespace AugmentedOS.EndToEnd.Sdk;

/// <summary>Worker deployments, as those who deploy see them.</summary>
public sealed class DeploymentTests(SdkEngine engine)
{
    private const string Namespace = "default";

    private readonly string _deployment = SdkEngine.NewName("deployment");

    private WorkflowService Service => engine.Client.WorkflowService;

    [Fact]
    public async Task Version_WhenItIsCreatedAheadOfItsWorkers_TakesTheWorkflowsWhenTheyCome()
    {
        await CreateAsync("1");
        Assert.Equal(WorkerDeploymentVersionStatus.Created, (await DescribeVersionAsync("1")).Status);
        await Service.SetWorkerDeploymentCurrentVersionAsync(
            new() { Namespace = Namespace, DeploymentName = _deployment, BuildId = "1", AllowNoPollers = true });

        var queue = SdkEngine.NewName("queue");
        using var worker = engine.NewWorker(queue, options =>
        {
            options.DeploymentOptions = new(new(_deployment, "1"), useWorkerVersioning: true);
            options.AddWorkflow<ShortWorkflow>();
        });
        await worker.ExecuteAsync(async () => Assert.Equal("1", await engine.Client.ExecuteWorkflowAsync(
            (ShortWorkflow w) => w.RunAsync(), new(SdkEngine.NewName("short"), queue)).WaitAsync(SdkEngine.Patience)));

        var described = await DescribeVersionAsync("1");
        Assert.Equal(WorkerDeploymentVersionStatus.Current, described.Status);
        Assert.Contains(described.TaskQueueInfos, info => info.Name == queue && info.Type == TaskQueueType.Workflow);
    }

    [Fact]
    public async Task Version_WhenItIsCreatedAgain_IsTheSameForTheSameRequestAndElseExists()
    {
        await CreateAsync("1", requestId: "once");

        await CreateVersionAsync("1", requestId: "once");
        var refused = await RefusedAsync(() => CreateVersionAsync("1", requestId: "twice"));

        Assert.Equal(RpcException.StatusCode.AlreadyExists, refused.Code);
        Assert.Equal($"Worker Deployment Version \"{_deployment}.1\" already exists", refused.Message);
        Assert.Equal(["1"], await BuildsAsync());
    }

    [Fact]
    public async Task Version_WhenItIsCurrent_IsNotDeletedBeforeAnotherTookItsPlaceAndItHasDrained()
    {
        await CreateAsync("1");
        await CreateVersionAsync("2");
        await SetCurrentAsync("1");

        var current = await RefusedAsync(() => DeleteVersionAsync("1"));
        await SetCurrentAsync("2");
        var draining = await RefusedAsync(() => DeleteVersionAsync("1"));
        await DeleteVersionAsync("1", skipDrainage: true);

        Assert.Equal($"version '{_deployment}:1' cannot be deleted since it is current or ramping", current.Message);
        Assert.Equal($"version '{_deployment}:1' cannot be deleted since it is draining", draining.Message);
        Assert.Equal(["2"], await BuildsAsync());
    }

    [Fact]
    public async Task Deployment_WhenItsLastVersionIsDeleted_CanBeDeletedAndIsNotFound()
    {
        await CreateAsync("1");

        var refused = await RefusedAsync(DeleteAsync);
        await DeleteVersionAsync("1");
        await DeleteAsync();
        await DeleteAsync();

        Assert.Equal(
            (RpcException.StatusCode.FailedPrecondition, "deployment has versions, can't be deleted"),
            (refused.Code, refused.Message));
        Assert.Equal(
            RpcException.StatusCode.NotFound, (await RefusedAsync(() => DescribeAsync())).Code);
    }

    [Fact]
    public async Task Deployment_WhenItHasAManager_IsRoutedByNobodyElse()
    {
        await CreateAsync("1");
        await CreateVersionAsync("2");
        await SetManagerAsync(request => request.Self = true, by: "release-train");

        var refused = await RefusedAsync(() => SetCurrentAsync("1", by: "somebody"));
        await SetCurrentAsync("1", by: "release-train");
        Assert.Equal("release-train", (await DescribeAsync()).ManagerIdentity);
        await SetManagerAsync(request => request.ManagerIdentity = "", by: "somebody");
        await SetCurrentAsync("2", by: "somebody");

        Assert.Equal(RpcException.StatusCode.FailedPrecondition, refused.Code);
        Assert.StartsWith(
            "ManagerIdentity 'release-train' is set and does not match user identity 'somebody'", refused.Message);
        var info = await DescribeAsync();
        Assert.Equal(("", "somebody"), (info.ManagerIdentity, info.LastModifierIdentity));
        Assert.Equal("2", info.RoutingConfig.CurrentDeploymentVersion.BuildId);
    }

    [Fact]
    public async Task Ramp_WhenItIsSetAndTakenBack_IsShownAndLeavesADrainingVersion()
    {
        await CreateAsync("1");
        await CreateVersionAsync("2");
        await SetCurrentAsync("1");

        await RampAsync("2", 25);
        var first = (await DescribeAsync()).RoutingConfig;
        await RampAsync("2", 50);
        var second = (await DescribeAsync()).RoutingConfig;
        await RampAsync("", 0);

        Assert.Equal(("2", 25f), (first.RampingDeploymentVersion.BuildId, first.RampingVersionPercentage));
        Assert.Equal(("2", 50f), (second.RampingDeploymentVersion.BuildId, second.RampingVersionPercentage));
        Assert.Equal(first.RampingVersionChangedTime, second.RampingVersionChangedTime);
        Assert.True(second.RevisionNumber > first.RevisionNumber);
        Assert.Null((await DescribeAsync()).RoutingConfig.RampingDeploymentVersion);
        Assert.Equal(WorkerDeploymentVersionStatus.Draining, (await DescribeVersionAsync("2")).Status);
        var refused = await RefusedAsync(() => RampAsync("1", 10));
        Assert.Equal($"requested ramping version {_deployment}.1 is already current", refused.Message);
    }

    [Fact]
    public async Task Metadata_WhenItIsUpserted_IsShownUntilItIsRemoved()
    {
        await CreateAsync("1");

        var both = await UpdateMetadataAsync(request =>
        {
            request.UpsertEntries["commit"] = Text("abc");
            request.UpsertEntries["author"] = Text("me");
        });
        var one = await UpdateMetadataAsync(request =>
        {
            request.UpsertEntries["commit"] = Text("def");
            request.RemoveEntries.Add("author");
        });

        Assert.Equal(["author", "commit"], both.Metadata.Entries.Keys.Order());
        Assert.Equal(one.Metadata, (await DescribeVersionAsync("1")).Metadata);
        Assert.Equal("commit: def", string.Join(", ", one.Metadata.Entries.Select(
            entry => $"{entry.Key}: {entry.Value.Data.ToStringUtf8()}")));
    }

    private static Payload Text(string text) => new() { Data = ByteString.CopyFromUtf8(text) };

    private static Task<RpcException> RefusedAsync(Func<Task> call) => Assert.ThrowsAsync<RpcException>(call);

    private WorkerDeploymentVersion Version(string build) => new() { DeploymentName = _deployment, BuildId = build };

    private async Task CreateAsync(string build, string requestId = "")
    {
        await Service.CreateWorkerDeploymentAsync(
            new() { Namespace = Namespace, DeploymentName = _deployment, RequestId = _deployment });
        await CreateVersionAsync(build, requestId);
    }

    private async Task CreateVersionAsync(string build, string requestId = "") =>
        await Service.CreateWorkerDeploymentVersionAsync(
            new() { Namespace = Namespace, DeploymentVersion = Version(build), RequestId = requestId });

    private async Task DeleteVersionAsync(string build, bool skipDrainage = false) =>
        await Service.DeleteWorkerDeploymentVersionAsync(
            new() { Namespace = Namespace, DeploymentVersion = Version(build), SkipDrainage = skipDrainage });

    private async Task DeleteAsync() => await Service.DeleteWorkerDeploymentAsync(
        new() { Namespace = Namespace, DeploymentName = _deployment });

    private async Task SetCurrentAsync(string build, string by = "") =>
        await Service.SetWorkerDeploymentCurrentVersionAsync(
            new() { Namespace = Namespace, DeploymentName = _deployment, BuildId = build, Identity = by });

    private async Task RampAsync(string build, float percentage) =>
        await Service.SetWorkerDeploymentRampingVersionAsync(
            new() { Namespace = Namespace, DeploymentName = _deployment, BuildId = build, Percentage = percentage });

    private async Task SetManagerAsync(Action<SetWorkerDeploymentManagerRequest> configure, string by)
    {
        var request = new SetWorkerDeploymentManagerRequest
        {
            Namespace = Namespace,
            DeploymentName = _deployment,
            Identity = by,
        };
        configure(request);
        await Service.SetWorkerDeploymentManagerAsync(request);
    }

    private Task<UpdateWorkerDeploymentVersionMetadataResponse> UpdateMetadataAsync(
        Action<UpdateWorkerDeploymentVersionMetadataRequest> configure)
    {
        var request = new UpdateWorkerDeploymentVersionMetadataRequest
        {
            Namespace = Namespace,
            DeploymentVersion = Version("1"),
        };
        configure(request);
        return Service.UpdateWorkerDeploymentVersionMetadataAsync(request);
    }

    private async Task<WorkerDeploymentInfo> DescribeAsync() => (await Service.DescribeWorkerDeploymentAsync(
        new() { Namespace = Namespace, DeploymentName = _deployment })).WorkerDeploymentInfo;

    private async Task<WorkerDeploymentVersionInfo> DescribeVersionAsync(string build) =>
        (await Service.DescribeWorkerDeploymentVersionAsync(
            new() { Namespace = Namespace, DeploymentVersion = Version(build) })).WorkerDeploymentVersionInfo;

    private async Task<IEnumerable<string>> BuildsAsync() =>
        (await DescribeAsync()).VersionSummaries.Select(summary => summary.DeploymentVersion.BuildId).Order();
}
