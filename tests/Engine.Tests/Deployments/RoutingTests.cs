using AugmentedOS.Engine.Deployments;
using AugmentedOS.Engine.Deployments.Inputs;
using AugmentedOS.Engine.Tests.Executions.Kit;
using Google.Protobuf;
using Grpc.Core;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.WorkflowService.V1;

namespace AugmentedOS.Engine.Tests.Deployments;

public sealed class RoutingTests
{
    private readonly DeploymentScenario _d = new();

    [Fact]
    public void Polls_WhenTheVersionIsNew_MakesDeploymentAndVersion()
    {
        _d.Polls("1").Polls("1", "q", TaskQueueType.Activity).Polls("1");

        Assert.Equal(DeploymentVersion.Unversioned, _d.Routing.CurrentVersion);
        Assert.Equal(WorkerDeploymentVersionStatus.Inactive, _d.Version("1").Status);
        Assert.Equal("d.1", _d.Version("1").Version);
        Assert.Equal(2, _d.Version("1").TaskQueueInfos.Count);
        Assert.Null(_d.Last.After);
    }

    [Fact]
    public void SetCurrent_MakesTheVersionCurrentAndTheFormerOneDrain()
    {
        _d.Polls("1").Polls("2").Wait(1.Seconds()).SetCurrent("1").Wait(1.Seconds()).SetCurrent("2");

        var reply = _d.Reply<SetWorkerDeploymentCurrentVersionResponse>();
        Assert.Equal(("d.1", "1"), (reply.PreviousVersion, reply.PreviousDeploymentVersion.BuildId));
        Assert.Equal(_d.State.ConflictToken, reply.ConflictToken);
        Assert.Equal(("d.2", 2), (_d.Routing.CurrentVersion, _d.Routing.RevisionNumber));
        Assert.Equal((Scenario.Start + 2.Seconds()).ToTimestamp(), _d.Routing.CurrentVersionChangedTime);
        var (one, two) = (_d.Version("1"), _d.Version("2"));
        Assert.Equal(WorkerDeploymentVersionStatus.Draining, one.Status);
        Assert.Equal(VersionDrainageStatus.Draining, one.DrainageInfo.Status);
        Assert.Null(one.CurrentSinceTime);
        Assert.Equal((Scenario.Start + 1.Seconds()).ToTimestamp(), one.LastCurrentTime);
        Assert.Equal((Scenario.Start + 1.Seconds()).ToTimestamp(), one.FirstActivationTime);
        Assert.Equal((Scenario.Start + 2.Seconds()).ToTimestamp(), one.LastDeactivationTime);
        Assert.Equal(WorkerDeploymentVersionStatus.Current, two.Status);
        Assert.Equal((Scenario.Start + 2.Seconds()).ToTimestamp(), two.CurrentSinceTime);
    }

    [Fact]
    public void SetCurrent_WhenItIsAlready_ChangesNothing()
    {
        _d.Polls("1").SetCurrent("1").SetCurrent("1");

        Assert.Equal("d.1", _d.Reply<SetWorkerDeploymentCurrentVersionResponse>().PreviousVersion);
        Assert.Null(_d.Last.After);
        _d.SetCurrent("1", identity: "you");
        Assert.Equal((1, "you"), (_d.Routing.RevisionNumber, _d.State.LastModifier));
    }

    [Fact]
    public void SetCurrent_WhenTheVersionRamps_EndsTheRamp()
    {
        _d.Polls("1").Polls("2").SetCurrent("1").SetRamping("2", 30);
        Assert.Equal((WorkerDeploymentVersionStatus.Ramping, 30f), (_d.Version("2").Status, _d.Version("2").RampPercentage));

        _d.SetCurrent("2");

        Assert.Equal(("", 0f), (_d.Routing.RampingVersion, _d.Routing.RampingVersionPercentage));
        Assert.Null(_d.Routing.RampingDeploymentVersion);
        Assert.Equal(WorkerDeploymentVersionStatus.Current, _d.Version("2").Status);
        Assert.Null(_d.Version("2").RampingSinceTime);
    }

    [Fact]
    public void SetRamping_WhenOnlyThePercentageChanges_KeepsSinceWhenItRamps()
    {
        _d.Polls("1").Polls("2").SetCurrent("1").Wait(1.Seconds()).SetRamping("2", 10).Wait(1.Seconds()).SetRamping("2", 20);

        var reply = _d.Reply<SetWorkerDeploymentRampingVersionResponse>();
        Assert.Equal(("d.2", 10f), (reply.PreviousVersion, reply.PreviousPercentage));
        Assert.Equal((Scenario.Start + 1.Seconds()).ToTimestamp(), _d.Routing.RampingVersionChangedTime);
        Assert.Equal((Scenario.Start + 2.Seconds()).ToTimestamp(), _d.Routing.RampingVersionPercentageChangedTime);
        Assert.Equal((Scenario.Start + 1.Seconds()).ToTimestamp(), _d.Version("2").RampingSinceTime);
        Assert.Equal(3, _d.Routing.RevisionNumber);
    }

    [Fact]
    public void SetRamping_ToNothing_LetsTheVersionDrain()
    {
        _d.Polls("1").Polls("2").SetCurrent("1").SetRamping("2", 10).SetRamping("", 0);

        Assert.Equal("d.2", _d.Reply<SetWorkerDeploymentRampingVersionResponse>().PreviousVersion);
        Assert.Equal("", _d.Routing.RampingVersion);
        Assert.Equal(WorkerDeploymentVersionStatus.Draining, _d.Version("2").Status);
    }

    [Fact]
    public void SetRamping_ToUnversioned_IsPossibleWhileAVersionIsCurrent()
    {
        _d.Polls("1").SetRamping(null, 10).AndRefused(
            StatusCode.FailedPrecondition, "requested ramping version __unversioned__ is already current");

        _d.SetCurrent("1").SetRamping(null, 10);

        Assert.Equal(DeploymentVersion.Unversioned, _d.Routing.RampingVersion);
        Assert.Null(_d.Routing.RampingDeploymentVersion);
    }

    [Fact]
    public void SetRamping_WhenTheVersionIsCurrent_IsRefused() => _d.Polls("1").SetCurrent("1").SetRamping("1", 50)
        .AndRefused(StatusCode.FailedPrecondition, "requested ramping version d.1 is already current");

    [Fact]
    public void SetCurrent_WhenThereIsNoDeployment_IsRefusedUnlessNobodyNeedsToPoll()
    {
        _d.SetCurrent("1").AndRefused(
            StatusCode.NotFound, "no Worker Deployment found with name 'd'; does your Worker Deployment have pollers?");

        _d.SetCurrent("1", set: request => request.AllowNoPollers = true);

        Assert.Equal(WorkerDeploymentVersionStatus.Current, _d.Version("1").Status);
        _d.SetCurrent("2").AndRefused(StatusCode.NotFound, "build ID '2' not found in Worker Deployment 'd'");
    }

    [Fact]
    public void SetCurrent_WhenTheTokenIsOld_IsRefused()
    {
        _d.Polls("1").Polls("2");
        var old = _d.State.ConflictToken;
        _d.SetCurrent("1", set: request => request.ConflictToken = old);
        Assert.Null(_d.Last.Rejection);

        _d.SetCurrent("2", set: request => request.ConflictToken = old)
            .AndRefused(StatusCode.FailedPrecondition, "conflict token mismatch");
        _d.SetRamping("2", 5, set: request => request.ConflictToken = ByteString.CopyFromUtf8("x"))
            .AndRefused(StatusCode.FailedPrecondition, "conflict token mismatch");
    }

    [Fact]
    public void SetCurrent_WhenSomebodyElseManages_IsRefused()
    {
        _d.Polls("1").When(new SetManager(
            DeploymentScenario.Key("d"), new SetWorkerDeploymentManagerRequest { Identity = "boss" }, "boss"));
        Assert.Equal("", _d.Reply<SetWorkerDeploymentManagerResponse>().PreviousManagerIdentity);

        _d.SetCurrent("1").AndRefused(
            StatusCode.FailedPrecondition,
            "ManagerIdentity 'boss' is set and does not match user identity 'me'; to proceed, set your own identity as the "
            + "ManagerIdentity, remove the ManagerIdentity, or wait for the other client to do so");
        _d.SetCurrent("1", identity: "boss");
        Assert.Equal("d.1", _d.Routing.CurrentVersion);
    }

    [Fact]
    public void SetCurrent_WhenAQueueInUseWouldBeLeft_IsRefusedUnlessThatIsIgnored()
    {
        _d.Polls("1").Polls("1", "busy").Polls("1", "quiet").Polls("2").SetCurrent("1");
        _d.InUse.Add(new ServedQueue("busy", TaskQueueType.Workflow));

        _d.SetCurrent("2").AndRefused(
            StatusCode.FailedPrecondition,
            "proposed current version 'd:2' is missing active task queues from the current version; these would become "
            + "unversioned if it is set as the current version");
        _d.SetRamping("2", 5).AndRefused(
            StatusCode.FailedPrecondition,
            "proposed ramping version 'd:2' is missing active task queues from the current version; these would become "
            + "unversioned if it is set as the ramping version");
        _d.SetCurrent("2", set: request => request.IgnoreMissingTaskQueues = true);

        Assert.Equal("d.2", _d.Routing.CurrentVersion);
    }

    [Fact]
    public void Describe_SaysThatEveryQueueFollowsAndListsVersionsLatestFirst()
    {
        _d.Polls("1").Wait(1.Seconds()).Polls("2").SetCurrent("1").SetRamping("2", 5);

        var info = DeploymentDescriptions.Describe(_d.State).WorkerDeploymentInfo;
        var listed = DeploymentDescriptions.List(_d.State);

        Assert.Equal(RoutingConfigUpdateState.Completed, info.RoutingConfigUpdateState);
        Assert.Equal(["d.2", "d.1"], info.VersionSummaries.Select(version => version.Version));
        Assert.Equal(
            ("d.2", "d.1", "d.2"),
            (listed.LatestVersionSummary.Version, listed.CurrentVersionSummary.Version, listed.RampingVersionSummary.Version));
    }
}
