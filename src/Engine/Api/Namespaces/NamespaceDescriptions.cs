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
            Capabilities = Capabilities(),
            Limits = new WireNamespace.Types.Limits
            {
                BlobSizeLimitError = limits.BlobSizeError,
                MemoSizeLimitError = limits.MemoSizeError,
            },
        };
        foreach (var (key, value) in ns.Data)
        {
            info.Data.Add(key, value);
        }

        return info;
    }

    // Only what is built is announced: workers and clients change their behaviour on each of these.
    private WireNamespace.Types.Capabilities Capabilities() => new()
    {
        EagerWorkflowStart = limits.Features.EagerWorkflowStart,
        ReportedProblemsSearchAttribute = true,
        WorkerHeartbeats = limits.Features.WorkerHeartbeats,
        WorkflowPause = limits.Features.WorkflowPause,
        PollerAutoscaling = true,
        StandaloneActivities = limits.Features.StandaloneActivities,
        StandaloneActivityStartDelay = limits.Features is
            { StandaloneActivities: true, StandaloneActivityStartDelay: true },
        StandaloneActivityOperatorCommands = limits.Features is
            { StandaloneActivities: true, StandaloneActivityCommands: true },
        StandaloneNexusOperation = limits.Features.StandaloneNexusOperations,
        WorkerPollCompleteOnShutdown = limits.Features.CancelPollsOnShutdown,
        WorkflowUpdateCallbacks = limits.Features.UpdateCallbacks,
        SyncUpdate = limits.Features.Updates,
        AsyncUpdate = limits.Features is { Updates: true, AcceptedUpdates: true },
    };
}
