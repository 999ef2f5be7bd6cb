using AugmentedOS.Engine.Deployments;
using AugmentedOS.Engine.Deployments.Inputs;
using AugmentedOS.Engine.Entities;
using AugmentedOS.Engine.Executions.Inputs;
using AugmentedOS.Engine.Runtime;
using AugmentedOS.Engine.TaskQueues;
using AugmentedOS.Engine.Tests.Executions.Kit;
using Google.Protobuf.WellKnownTypes;
using Temporalio.Api.Deployment.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.Workflow.V1;
using Temporalio.Api.WorkflowService.V1;

namespace AugmentedOS.Engine.Tests.Simulation;

/// <summary>Operators who send workflows to one version of a worker deployment and then to another, all at once or by and
/// by, and who pin some of them.</summary>
internal sealed class ScriptedDeployments(Random random)
{
    private const string Name = "deployed";
    private EntityHost<WorkerDeployment>? _host;
    private int _requests;

    public static EntityKey Key { get; } = WorkerDeployment.KeyOf(FixedNamespaces.Default.Id, Name);

    public static IReadOnlyList<DeploymentVersion> Versions { get; } = [new(Name, "blue"), new(Name, "green")];

    /// <summary>After each start of the engine.</summary>
    public void Connect(EntityHost<WorkerDeployment> host) => _host = host;

    public static WorkerDeploymentOptions OptionsOf(DeploymentVersion version) => new()
    {
        DeploymentName = version.Deployment,
        BuildId = version.BuildId,
        WorkerVersioningMode = WorkerVersioningMode.Versioned,
    };

    /// <summary>Makes a version's worker known on a queue.</summary>
    /// <returns>Whether it is known: if not yet, it polls later.</returns>
    public bool Register(EngineParts engine, DeploymentVersion version, TaskQueueKey queue)
    {
        if (queue.IsSticky || engine.Versions.Serves(version, queue.Namespace, queue.Name, queue.Type))
        {
            return true;
        }

        _host!.Submit(
            new RegisterWorker(Key, version.BuildId, queue.Name, queue.Type, new HashSet<string>()), static _ => { });
        return false;
    }

    public void Act(EngineParts engine)
    {
        DeploymentVersion? version = random.Next(4) == 0 ? null : Versions[random.Next(Versions.Count)];
        switch (random.Next(3))
        {
            case 0:
                _host!.Submit(
                    new SetCurrentVersion(
                        Key,
                        new SetWorkerDeploymentCurrentVersionRequest { Identity = $"operator-{_requests++}", IgnoreMissingTaskQueues = true },
                        version,
                        new HashSet<ServedQueue>(),
                        new HashSet<string>()),
                    static _ => { });
                break;
            case 1:
                _host!.Submit(
                    new SetRampingVersion(
                        Key,
                        new SetWorkerDeploymentRampingVersionRequest
                        {
                            Identity = $"operator-{_requests++}",
                            Percentage = random.Next(101),
                            IgnoreMissingTaskQueues = true,
                        },
                        version?.ToLegacyText() ?? "",
                        version,
                        new HashSet<ServedQueue>(),
                        new HashSet<string>()),
                    static _ => { });
                break;
            default:
                Override(engine, version);
                break;
        }
    }

    /// <summary>Pins a workflow, lets it follow the routing, or takes back what was decreed.</summary>
    private void Override(EngineParts engine, DeploymentVersion? version)
    {
        var workflow = new WorkflowKey(FixedNamespaces.Default.Id, ScriptedClient.SomeWorkflowId(random));
        var decreed = random.Next(3) switch
        {
            0 when version is { } pinned => new VersioningOverride
            {
                Pinned = new() { Version = pinned.ToProto(), Behavior = VersioningOverride.Types.PinnedOverrideBehavior.Pinned },
            },
            1 => new VersioningOverride { AutoUpgrade = true },
            _ => null,
        };
        engine.Executions.Submit(
            new UpdateExecutionOptions(workflow, null, new UpdateWorkflowExecutionOptionsRequest
            {
                WorkflowExecutionOptions = new() { VersioningOverride = decreed },
                UpdateMask = new FieldMask { Paths = { "versioning_override" } },
            }),
            static _ => { });
    }
}
