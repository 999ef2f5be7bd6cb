using AugmentedOS.Engine.Deployments;
using AugmentedOS.Engine.Deployments.Inputs;
using AugmentedOS.Engine.Executions;
using AugmentedOS.Engine.Tests.Executions.Kit;
using Google.Protobuf;
using Grpc.Core;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.WorkflowService.V1;

namespace AugmentedOS.Engine.Tests.Deployments;

public sealed class VersionLifeTests
{
    private readonly DeploymentScenario _d = new();

    [Fact]
    public void Drainage_WhenNoRunIsLeft_ComesToItsEnd()
    {
        Draining();
        Assert.Empty(_d.Effects.OfType<CountPinnedRuns>());

        _d.WhenElapsed(3.Minutes());
        Assert.Equal("1", Assert.Single(_d.Effects.OfType<CountPinnedRuns>()).BuildId);
        _d.When(new RecordPinnedRuns(DeploymentScenario.Key("d"), "1", 2));
        Assert.Equal(WorkerDeploymentVersionStatus.Draining, _d.Version("1").Status);
        Assert.Equal(_d.Now.ToTimestamp(), _d.Version("1").DrainageInfo.LastCheckedTime);

        _d.WhenElapsed(3.Minutes()).When(new RecordPinnedRuns(DeploymentScenario.Key("d"), "1", 0));

        Assert.Equal(WorkerDeploymentVersionStatus.Drained, _d.Version("1").Status);
        Assert.Equal(VersionDrainageStatus.Drained, _d.Version("1").DrainageInfo.Status);
        Assert.Null(_d.State.WakeAt);
    }

    [Fact]
    public void Drainage_WhenTheVersionIsCurrentAgainMeanwhile_IsForgotten()
    {
        Draining();
        _d.WhenElapsed(3.Minutes()).SetCurrent("1").When(new RecordPinnedRuns(DeploymentScenario.Key("d"), "1", 0));

        Assert.Equal(WorkerDeploymentVersionStatus.Current, _d.Version("1").Status);
        Assert.Null(_d.Version("1").DrainageInfo);
        Assert.Equal(WorkerDeploymentVersionStatus.Draining, _d.Version("2").Status);
    }

    [Fact]
    public void Drainage_WhenTheEngineStartsAnew_IsCountedAgain()
    {
        Draining();
        _d.WhenElapsed(3.Minutes());

        var effects = new WorkerDeploymentType().All(DeploymentScenario.Key("d"), _d.State);

        Assert.Equal("1", Assert.Single(effects.OfType<CountPinnedRuns>()).BuildId);
    }

    [Fact]
    public void Reactivate_WhenTheVersionIsAtRest_LetsItDrainAgain()
    {
        _d.Polls("1").When(new ReactivateVersion(DeploymentScenario.Key("d"), "1"));
        Assert.Equal(WorkerDeploymentVersionStatus.Draining, _d.Version("1").Status);

        _d.SetCurrent("1").When(new ReactivateVersion(DeploymentScenario.Key("d"), "1"));

        Assert.Equal(WorkerDeploymentVersionStatus.Current, _d.Version("1").Status);
    }

    [Fact]
    public void Delete_WhenTheVersionIsNeeded_IsRefused()
    {
        Draining();
        Delete("2").AndRefused(
            StatusCode.FailedPrecondition, "version 'd:2' cannot be deleted since it is current or ramping");
        Delete("1").AndRefused(StatusCode.FailedPrecondition, "version 'd:1' cannot be deleted since it is draining");
        _d.Polled.Add("1");
        Delete("1", skipDrainage: true).AndRefused(
            StatusCode.FailedPrecondition, "version 'd:1' cannot be deleted since it has active pollers");
        _d.Polled.Clear();

        Delete("1", skipDrainage: true);

        Assert.False(_d.State.Versions.ContainsKey("1"));
        Delete("1");
        _d.Reply<DeleteWorkerDeploymentVersionResponse>();
    }

    [Fact]
    public void DeleteDeployment_WhenItHasVersions_IsRefused()
    {
        _d.Polls("1").When(new DeleteDeployment(DeploymentScenario.Key("d")))
            .AndRefused(StatusCode.FailedPrecondition, "deployment has versions, can't be deleted");
        Delete("1").When(new DeleteDeployment(DeploymentScenario.Key("d")));

        Assert.True(_d.Last.Deletes);
        _d.When(new DeleteDeployment(DeploymentScenario.Key("d"))).Reply<DeleteWorkerDeploymentResponse>();
    }

    [Fact]
    public void Polls_WhenThereIsNoRoom_MakesTheOldestThatMayGoGo()
    {
        var d = new DeploymentScenario { Limits = EngineLimits.Default with { MaxVersionsInDeployment = 2 } };
        d.Polls("1").Wait(1.Seconds()).Polls("2").Polls("3");
        Assert.Equal(["2", "3"], d.State.Versions.Keys);

        d.Polled.UnionWith(["2", "3"]);
        d.Polls("4").AndRefused(
            StatusCode.ResourceExhausted,
            "cannot add version d.4 since maximum number of versions (2) have been registered in the deployment");
    }

    [Fact]
    public void Polls_WhenLimitsAreReached_AreRefused()
    {
        var d = new DeploymentScenario
        {
            Limits = EngineLimits.Default with { MaxDeployments = 1, MaxTaskQueuesInVersion = 1 },
        };
        d.Polls("1").Polls("1", "q", TaskQueueType.Activity);
        Assert.Null(d.Last.Rejection);

        d.Polls("1", "other").AndRefused(
            StatusCode.ResourceExhausted,
            "cannot add task queue other since maximum number of task queues (1) have been registered in deployment");
        d.Polls("1", deployment: "e").AndRefused(
            StatusCode.ResourceExhausted, "reached maximum deployments in namespace (1)");
    }

    [Fact]
    public void Create_WhenItIsThere_IsRefusedUnlessItIsTheSameRequest()
    {
        Create("d", "r1").Reply<CreateWorkerDeploymentResponse>();
        Create("d", "r1").Reply<CreateWorkerDeploymentResponse>();
        Create("d", "r2").AndRefused(StatusCode.AlreadyExists, "Worker Deployment with name \"d\" already exists");
        CreateVersion("r1").Reply<CreateWorkerDeploymentVersionResponse>();
        Assert.Equal(WorkerDeploymentVersionStatus.Created, _d.Version("1").Status);
        CreateVersion("r1").Reply<CreateWorkerDeploymentVersionResponse>();
        CreateVersion("r2").AndRefused(
            StatusCode.AlreadyExists, "Worker Deployment Version \"d.1\" already exists");

        _d.Polls("1");

        Assert.Equal(WorkerDeploymentVersionStatus.Inactive, _d.Version("1").Status);
        _d.Polls("1", deployment: "e");
        Create("e", "r3").AndRefused(
            StatusCode.AlreadyExists,
            "Worker Deployment with name \"e\" already exists (auto-created from worker polls)");
    }

    [Fact]
    public void UpdateMetadata_SetsAndRemovesEntries()
    {
        _d.Polls("1");
        Update(request => request.UpsertEntries.Add("a", new Payload { Data = ByteString.CopyFromUtf8("1") }));
        Update(request =>
        {
            request.UpsertEntries.Add("b", new Payload());
            request.RemoveEntries.Add("a");
        });

        Assert.Equal(["b"], _d.Reply<UpdateWorkerDeploymentVersionMetadataResponse>().Metadata.Entries.Keys);
        Assert.Equal(["b"], _d.Version("1").Metadata.Entries.Keys);
        Assert.Equal("editor", _d.Version("1").LastModifierIdentity);
    }

    private void Draining() => _d.Polls("1").Polls("2").SetCurrent("1").Wait(1.Seconds()).SetCurrent("2");

    private DeploymentScenario Delete(string buildId, bool skipDrainage = false) => _d.When(new DeleteVersion(
        DeploymentScenario.Key("d"),
        new DeploymentVersion("d", buildId),
        skipDrainage,
        "me",
        _d.Polled.Contains(buildId)));

    private DeploymentScenario Create(string name, string requestId) =>
        _d.When(new CreateDeployment(DeploymentScenario.Key(name), requestId, "me"));

    private DeploymentScenario CreateVersion(string requestId) => _d.When(new CreateVersion(
        DeploymentScenario.Key("d"), new DeploymentVersion("d", "1"), requestId, "me", _d.Polled));

    private void Update(Action<UpdateWorkerDeploymentVersionMetadataRequest> set)
    {
        var request = new UpdateWorkerDeploymentVersionMetadataRequest { Identity = "editor" };
        set(request);
        _d.When(new UpdateMetadata(DeploymentScenario.Key("d"), "1", request));
    }
}
