using AugmentedOS.Engine.Deployments;
using AugmentedOS.Engine.Deployments.Inputs;
using AugmentedOS.Engine.Entities;
using AugmentedOS.Engine.Executions;
using AugmentedOS.Engine.Storage.Codecs;
using AugmentedOS.Engine.Tests.Executions.Kit;
using Grpc.Core;
using Temporalio.Api.Deployment.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.WorkflowService.V1;

namespace AugmentedOS.Engine.Tests.Deployments;

/// <summary>The deployments of one namespace, moved by inputs in a time of their own. After each change the state is read
/// back from its bytes.</summary>
internal sealed class DeploymentScenario
{
    public static readonly NamespaceId Namespace = FixedNamespaces.Default.Id;
    private static readonly WorkerDeploymentType Type = new();
    private readonly Dictionary<EntityKey, WorkerDeployment> _states = [];
    private readonly SequentialIds _ids = new();

    public EngineLimits Limits { get; init; } = EngineLimits.Default;

    public Instant Now { get; private set; } = Scenario.Start;

    /// <summary>Builds whose workers have polled lately.</summary>
    public HashSet<string> Polled { get; } = [];

    /// <summary>Queues of the current version that are in use.</summary>
    public HashSet<ServedQueue> InUse { get; } = [];

    public EntityDecision<WorkerDeployment> Last { get; private set; } = null!;

    public List<EntityEffect> Effects { get; } = [];

    public WorkerDeployment State => _states[Key("d")];

    public RoutingConfig Routing => State.Routing;

    public static EntityKey Key(string name) => WorkerDeployment.KeyOf(Namespace, name);

    public WorkerDeploymentVersionInfo Version(string buildId) => State.Versions[buildId].Info;

    public DeploymentScenario Wait(TimeSpan span)
    {
        Now += span;
        return this;
    }

    public DeploymentScenario Polls(
        string buildId, string queue = "q", TaskQueueType type = TaskQueueType.Workflow, string deployment = "d") =>
        When(new RegisterWorker(Key(deployment), buildId, queue, type, Polled));

    public DeploymentScenario SetCurrent(
        string? buildId, string identity = "me", Action<SetWorkerDeploymentCurrentVersionRequest>? set = null)
    {
        var request = new SetWorkerDeploymentCurrentVersionRequest { DeploymentName = "d", Identity = identity };
        set?.Invoke(request);
        return When(new SetCurrentVersion(Key("d"), request, Named(buildId), InUse, Polled));
    }

    /// <param name="buildId">Null for workers without a version, empty for no ramp.</param>
    public DeploymentScenario SetRamping(
        string? buildId,
        float percentage,
        string identity = "me",
        Action<SetWorkerDeploymentRampingVersionRequest>? set = null)
    {
        var request = new SetWorkerDeploymentRampingVersionRequest
        {
            DeploymentName = "d",
            Percentage = percentage,
            Identity = identity,
        };
        set?.Invoke(request);
        var text = buildId is null ? DeploymentVersion.Unversioned : buildId.Length == 0 ? "" : $"d.{buildId}";
        return When(new SetRampingVersion(
            Key("d"), request, text, string.IsNullOrEmpty(buildId) ? null : Named(buildId), InUse, Polled));
    }

    public DeploymentScenario When(EntityInput<WorkerDeployment> input)
    {
        var before = _states.GetValueOrDefault(input.Key);
        var context = new EntityContext<WorkerDeployment>(
            new DecisionContext(Now, _ids, Limits, new FixedNamespaces()), _states);
        Last = input.Decide(before, context);
        if (Last.After is { } after)
        {
            _states[input.Key] = ReadBack(input.Key, after);
            Effects.AddRange(Type.After(input.Key, before, after));
        }
        else if (Last.Deletes)
        {
            _states.Remove(input.Key);
        }

        return this;
    }

    /// <summary>Time goes by, and draining versions are looked at when it is time.</summary>
    public DeploymentScenario WhenElapsed(TimeSpan span)
    {
        var until = Now + span;
        while (State.WakeAt is { } due && due <= until)
        {
            Now = due > Now ? due : Now;
            When(new CheckDrainage(Key("d")));
        }

        Now = until;
        return this;
    }

    public DeploymentScenario AndRefused(StatusCode code, string text)
    {
        Assert.Equal((code, text), (Last.Rejection?.Code ?? StatusCode.OK, Last.Rejection?.Message));
        return this;
    }

    public TReply Reply<TReply>()
    {
        Assert.Null(Last.Rejection?.Message);
        return Assert.IsType<TReply>(Last.Reply);
    }

    private static DeploymentVersion? Named(string? buildId) =>
        buildId is null ? null : new DeploymentVersion("d", buildId);

    private static WorkerDeployment ReadBack(EntityKey key, WorkerDeployment state)
    {
        var sink = ByteSink.OfThisThread();
        Type.Encode(state, sink);
        var bytes = sink.Detach();
        var source = new ByteSource(bytes);
        var read = Type.Decode(key, Type.Version, ref source);
        Assert.True(source.IsAtEnd);
        sink = ByteSink.OfThisThread();
        Type.Encode(read, sink);
        Assert.Equal(bytes, sink.Detach());
        return read;
    }
}
