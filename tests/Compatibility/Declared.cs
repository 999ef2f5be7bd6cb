namespace AugmentedOS.Compatibility;

/// <summary>What is known not to be complete, and why. Everything else has to be shown by a test that ran.</summary>
/// <remarks>A line goes when its thing is complete: one that says less than the tests show fails the page.</remarks>
internal static class Declared
{
    private const string OneNode = "one node has no use for it";
    private const string OffByDefault = "answers as a Temporal server does by default";

    private const string WhereTimeIsSkipped = "served by an engine that skips time, and by no other";
    private const string NoCompute = "this engine starts no workers";
    private const string OldVersioning = "an earlier generation of versioning, refused as a Temporal server does by default";

    public static IReadOnlyDictionary<string, Verdict> Rpcs { get; } = new Dictionary<string, Verdict>(StringComparer.Ordinal)
    {
        ["AddOrUpdateRemoteCluster"] = Verdict.NotOffered($"remote clusters: {OneNode}"),
        ["RemoveRemoteCluster"] = Verdict.NotOffered($"remote clusters: {OneNode}"),
        ["FetchWorkerConfig"] = Verdict.NotOffered(OffByDefault),
        ["UpdateWorkerConfig"] = Verdict.NotOffered(OffByDefault),
        ["CreateWorkflowRule"] = Verdict.NotOffered(OffByDefault),
        ["DescribeWorkflowRule"] = Verdict.NotOffered(OffByDefault),
        ["DeleteWorkflowRule"] = Verdict.NotOffered(OffByDefault),
        ["ListWorkflowRules"] = Verdict.NotOffered(OffByDefault),
        ["TriggerWorkflowRule"] = Verdict.NotOffered("no Temporal server has it"),
        ["LockTimeSkipping"] = Verdict.Partial(WhereTimeIsSkipped),
        ["UnlockTimeSkipping"] = Verdict.Partial(WhereTimeIsSkipped),
        ["Sleep"] = Verdict.Partial(WhereTimeIsSkipped),
        ["SleepUntil"] = Verdict.Partial(WhereTimeIsSkipped),
        ["UnlockTimeSkippingWithSleep"] = Verdict.Partial(WhereTimeIsSkipped),
        ["GetCurrentTime"] = Verdict.Partial(WhereTimeIsSkipped),
        ["UpdateWorkerDeploymentVersionComputeConfig"] = Verdict.NotOffered(NoCompute),
        ["ValidateWorkerDeploymentVersionComputeConfig"] = Verdict.NotOffered(NoCompute),
        ["DescribeDeployment"] = Verdict.NotOffered(OldVersioning),
        ["GetCurrentDeployment"] = Verdict.NotOffered(OldVersioning),
        ["GetDeploymentReachability"] = Verdict.NotOffered(OldVersioning),
        ["ListDeployments"] = Verdict.NotOffered(OldVersioning),
        ["SetCurrentDeployment"] = Verdict.NotOffered(OldVersioning),
        ["GetWorkerBuildIdCompatibility"] = Verdict.NotOffered(OldVersioning),
        ["UpdateWorkerBuildIdCompatibility"] = Verdict.NotOffered(OldVersioning),
        ["GetWorkerTaskReachability"] = Verdict.NotOffered(OldVersioning),
        ["GetWorkerVersioningRules"] = Verdict.NotOffered(OldVersioning),
        ["UpdateWorkerVersioningRules"] = Verdict.NotOffered(OldVersioning),
        ["ListArchivedWorkflowExecutions"] = Verdict.NotOffered($"archival: {OneNode}; it says that nothing is archived"),
    };

    public static IReadOnlyDictionary<string, Verdict> Commands { get; } =
        new Dictionary<string, Verdict>(StringComparer.Ordinal);

    public static IReadOnlyDictionary<string, Verdict> Events { get; } = new Dictionary<string, Verdict>(StringComparer.Ordinal)
    {
        ["WorkflowExecutionUpdateRejected"] = Verdict.NotOffered("a rejected update leaves no trace; no server writes it"),
        ["WorkflowPropertiesModifiedExternally"] = Verdict.NotOffered("no server writes it"),
        ["ActivityPropertiesModifiedExternally"] = Verdict.NotOffered("no server writes it"),
    };

    /// <summary>What is built and tested, but by no test with a running engine: RPCs, commands and events by name.</summary>
    public static IReadOnlySet<string> Unproven { get; } = new HashSet<string>(StringComparer.Ordinal);

    /// <summary>Capabilities that are not announced, and why.</summary>
    public static IReadOnlyDictionary<string, string> Capabilities { get; } =
        new Dictionary<string, string>(StringComparer.Ordinal);
}
