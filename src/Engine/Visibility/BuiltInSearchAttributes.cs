using System.Collections.Frozen;
using Temporalio.Api.Enums.V1;

namespace AugmentedOS.Engine.Visibility;

/// <summary>The attributes that every namespace has.</summary>
internal static class BuiltInSearchAttributes
{
    public const string ReservedPrefix = "Temporal";
    public const string WorkflowId = "WorkflowId";
    public const string RunId = "RunId";
    public const string WorkflowType = "WorkflowType";
    public const string ExecutionStatus = "ExecutionStatus";
    public const string ParentWorkflowId = "ParentWorkflowId";
    public const string RootWorkflowId = "RootWorkflowId";
    public const string TaskQueue = "TaskQueue";
    public const string StartTime = "StartTime";
    public const string ExecutionTime = "ExecutionTime";
    public const string CloseTime = "CloseTime";
    public const string ExecutionDuration = "ExecutionDuration";
    public const string NamespaceDivision = "TemporalNamespaceDivision";
    public const string ScheduleId = "ScheduleId";
    public const string ScheduledById = "TemporalScheduledById";
    public const string ScheduledStartTime = "TemporalScheduledStartTime";
    public const string SchedulePaused = "TemporalSchedulePaused";

    /// <summary>A schedule runs as a workflow whose id is the schedule's id behind this.</summary>
    public const string ScheduleWorkflowIdPrefix = "temporal-sys-scheduler:";

    public static FrozenDictionary<string, SearchAttribute> All { get; } = new[]
    {
        System(WorkflowId, IndexedValueType.Keyword),
        System(RunId, IndexedValueType.Keyword),
        System(WorkflowType, IndexedValueType.Keyword),
        System(ExecutionStatus, IndexedValueType.Keyword),
        System(TaskQueue, IndexedValueType.Keyword),
        System(ParentWorkflowId, IndexedValueType.Keyword),
        System("ParentRunId", IndexedValueType.Keyword),
        System(RootWorkflowId, IndexedValueType.Keyword),
        System("RootRunId", IndexedValueType.Keyword),
        System(StartTime, IndexedValueType.Datetime),
        System(ExecutionTime, IndexedValueType.Datetime),
        System(CloseTime, IndexedValueType.Datetime),
        System("HistoryLength", IndexedValueType.Int),
        System("HistorySizeBytes", IndexedValueType.Int),
        System(ExecutionDuration, IndexedValueType.Int),
        System("StateTransitionCount", IndexedValueType.Int),

        Predefined(NamespaceDivision, IndexedValueType.Keyword),
        Predefined(ScheduledById, IndexedValueType.Keyword),
        Predefined(ScheduledStartTime, IndexedValueType.Datetime),
        Predefined(SchedulePaused, IndexedValueType.Bool),
        Predefined("TemporalChangeVersion", IndexedValueType.KeywordList),
        Predefined("TemporalPauseInfo", IndexedValueType.KeywordList),
        Predefined("TemporalReportedProblems", IndexedValueType.KeywordList),
        Predefined("BatcherNamespace", IndexedValueType.Keyword),
        Predefined("BatcherUser", IndexedValueType.Keyword),
        Predefined("BinaryChecksums", IndexedValueType.KeywordList),
        Predefined("BuildIds", IndexedValueType.KeywordList),

        ServerSet("TemporalWorkerDeployment", IndexedValueType.Keyword),
        ServerSet("TemporalWorkerDeploymentVersion", IndexedValueType.Keyword),
        ServerSet("TemporalWorkflowVersioningBehavior", IndexedValueType.Keyword),
        ServerSet("TemporalUsedWorkerDeploymentVersions", IndexedValueType.KeywordList),
        ServerSet("TemporalExternalPayloadCount", IndexedValueType.Int),
        ServerSet("TemporalExternalPayloadSizeBytes", IndexedValueType.Int),
    }.ToFrozenDictionary(attribute => attribute.Name, StringComparer.Ordinal);

    /// <summary>Field names of the store that are no attributes, and that no attribute may be called.</summary>
    private static readonly FrozenSet<string> ReservedNames =
        new[] { "NamespaceId", "Memo", "MemoEncoding", "VisibilityTaskKey" }.ToFrozenSet(StringComparer.Ordinal);

    public static bool IsReserved(string name) =>
        All.ContainsKey(name) ||
        ReservedNames.Contains(name) ||
        name.StartsWith(ReservedPrefix, StringComparison.Ordinal);

    private static SearchAttribute System(string name, IndexedValueType type) =>
        new(name, type, SearchAttributeOrigin.System);

    private static SearchAttribute Predefined(string name, IndexedValueType type) =>
        new(name, type, SearchAttributeOrigin.Predefined);

    private static SearchAttribute ServerSet(string name, IndexedValueType type) =>
        new(name, type, SearchAttributeOrigin.ServerSet);
}
