using AugmentedOS.Engine.Api.Cluster;
using AugmentedOS.Engine.Executions;
using AugmentedOS.Engine.Namespaces;
using Temporalio.Api.Namespace.V1;
using Temporalio.Api.Replication.V1;
using Temporalio.Api.WorkflowService.V1;
using WireNamespace = Temporalio.Api.Namespace.V1.NamespaceInfo;

namespace AugmentedOS.Engine.Api.Namespaces;

/// <summary>Namespaces as clients are told of them.</summary>
internal sealed class NamespaceDescriptions(EngineLimits limits)
{
    public DescribeNamespaceResponse Describe(Engine.Namespaces.NamespaceInfo ns) => new()
    {
        NamespaceInfo = Info(ns),
        Config = Config(ns),
        ReplicationConfig = Replication(),
    };

    public UpdateNamespaceResponse DescribeUpdated(Engine.Namespaces.NamespaceInfo ns) => new()
    {
        NamespaceInfo = Info(ns),
        Config = Config(ns),
        ReplicationConfig = Replication(),
    };

    private static NamespaceConfig Config(Engine.Namespaces.NamespaceInfo ns)
    {
        var config = new NamespaceConfig
        {
            WorkflowExecutionRetentionTtl = ns.Retention.ToProto(),
            HistoryArchivalState = Temporalio.Api.Enums.V1.ArchivalState.Disabled,
            VisibilityArchivalState = Temporalio.Api.Enums.V1.ArchivalState.Disabled,
            BadBinaries = new BadBinaries(),
        };
        foreach (var (checksum, bad) in ns.BadBinaries)
        {
            config.BadBinaries.Binaries.Add(checksum, Bad(bad));
        }

        foreach (var name in ns.SearchAttributes.Keys)
        {
            config.CustomSearchAttributeAliases.Add(name, name);
        }

        return config;
    }

    private static BadBinaryInfo Bad(BadBinary bad) =>
        new() { Reason = bad.Reason, Operator = bad.Operator, CreateTime = bad.CreatedAt.ToTimestamp() };

    private static NamespaceReplicationConfig Replication() => new()
    {
        ActiveClusterName = GetClusterInfo.ClusterName,
        Clusters = { new ClusterReplicationConfig { ClusterName = GetClusterInfo.ClusterName } },
    };

    private WireNamespace Info(Engine.Namespaces.NamespaceInfo ns)
    {
        var info = new WireNamespace
        {
            Id = ns.Id.ToString(),
            Name = ns.Name,
            State = ns.State,
            Description = ns.Description,
            OwnerEmail = ns.OwnerEmail,
            SupportsSchedules = true,
            Capabilities = Capabilities(limits.In(ns.Name).Features),
            Limits = new WireNamespace.Types.Limits
            {
                BlobSizeLimitError = limits.In(ns.Name).BlobSizeError,
                MemoSizeLimitError = limits.In(ns.Name).MemoSizeError,
            },
        };
        foreach (var (key, value) in ns.Data)
        {
            info.Data.Add(key, value);
        }

        return info;
    }

    // Only what is built is announced: workers and clients change their behaviour on each of these.
    private static WireNamespace.Types.Capabilities Capabilities(EngineFeatures features) => new()
    {
        EagerWorkflowStart = features.EagerWorkflowStart,
        ReportedProblemsSearchAttribute = true,
        WorkerHeartbeats = features.WorkerHeartbeats,
        WorkflowPause = features.WorkflowPause,
        PollerAutoscaling = true,
        StandaloneActivities = features.StandaloneActivities,
        StandaloneActivityStartDelay = features is
        { StandaloneActivities: true, StandaloneActivityStartDelay: true },
        StandaloneActivityOperatorCommands = features is
        { StandaloneActivities: true, StandaloneActivityCommands: true },
        StandaloneActivityBatchOperations = features is
        { StandaloneActivities: true, StandaloneActivityBatches: true },
        StandaloneNexusOperation = features.StandaloneNexusOperations,
        WorkerPollCompleteOnShutdown = features.CancelPollsOnShutdown,
        WorkflowUpdateCallbacks = features.UpdateCallbacks,
        SyncUpdate = features.Updates,
        AsyncUpdate = features is { Updates: true, AcceptedUpdates: true },
    };
}
