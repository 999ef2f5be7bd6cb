using System.Collections.Frozen;

namespace AugmentedOS.Engine.Visibility.Queries;

/// <summary>Where in <c>runs</c> an attribute is, for those that are not rows of their own.</summary>
/// <param name="Expression">What equality compares; indexes are on it.</param>
/// <param name="Text">What order and prefixes compare, where that is something else.</param>
/// <param name="IsRunId">Whether values are run ids: text in queries, 16 bytes in the column.</param>
internal sealed record SqlColumn(string Expression, string Text, bool IsRunId = false)
{
    private static readonly FrozenDictionary<string, SqlColumn> ByAttribute = new Dictionary<string, SqlColumn>
    {
        [BuiltInSearchAttributes.WorkflowId] = Plain("runs.workflow_id"),
        [BuiltInSearchAttributes.RunId] = Id("runs.run_id"),
        [BuiltInSearchAttributes.WorkflowType] = Plain("runs.workflow_type"),
        [BuiltInSearchAttributes.ExecutionStatus] = Plain("runs.status"),
        [BuiltInSearchAttributes.TaskQueue] = Plain("runs.task_queue"),
        [BuiltInSearchAttributes.StartTime] = Plain("runs.start_time"),
        [BuiltInSearchAttributes.ExecutionTime] = Plain("runs.execution_time"),
        [BuiltInSearchAttributes.CloseTime] = Plain("runs.close_time"),
        ["HistoryLength"] = Plain("runs.history_length"),
        ["HistorySizeBytes"] = Plain("runs.history_size"),
        ["StateTransitionCount"] = Plain("runs.state_transitions"),
        [BuiltInSearchAttributes.ExecutionDuration] = Plain("runs.execution_duration"),
        [BuiltInSearchAttributes.ParentWorkflowId] = Plain("runs.parent_workflow_id"),
        ["ParentRunId"] = Id("runs.parent_run_id"),
        [BuiltInSearchAttributes.RootWorkflowId] = Plain("coalesce(runs.root_workflow_id, runs.workflow_id)"),
        ["RootRunId"] = Id("coalesce(runs.root_run_id, runs.run_id)"),
        [BuiltInSearchAttributes.NamespaceDivision] = Plain("runs.namespace_division"),
        [EntitySelect.Id] = Plain("runs.entity_id"),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The index that finds runs by a column, for those by which it pays to look.</summary>
    private static readonly FrozenDictionary<string, string> Indexes = new Dictionary<string, string>
    {
        [BuiltInSearchAttributes.WorkflowId] = "runs_by_workflow",
        [BuiltInSearchAttributes.RunId] = "runs_by_run_id",
        [BuiltInSearchAttributes.ParentWorkflowId] = "runs_by_parent",
        [BuiltInSearchAttributes.RootWorkflowId] = "runs_by_root",
        [BuiltInSearchAttributes.StartTime] = "runs_by_start",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>What a row of the index of attribute values repeats of its run.</summary>
    private static readonly FrozenDictionary<string, SqlColumn> Repeated = new Dictionary<string, SqlColumn>
    {
        [BuiltInSearchAttributes.ExecutionStatus] = Plain("found.status"),
        [BuiltInSearchAttributes.StartTime] = Plain("found.start_time"),
        [BuiltInSearchAttributes.CloseTime] = Plain("found.close_time"),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The root's workflow id of runs that have another one as root.</summary>
    public static SqlColumn OtherRoot { get; } = Plain("runs.root_workflow_id");

    public static SqlColumn Of(string attribute) => ByAttribute[attribute];

    public static SqlColumn? InIndex(SearchAttribute attribute) => Repeated.GetValueOrDefault(attribute.Name);

    public static bool HasIndex(SearchAttribute attribute) => Indexes.ContainsKey(attribute.Name);

    public static string IndexOf(SearchAttribute attribute) => Indexes[attribute.Name];

    public static SqlColumn? Of(SearchAttribute attribute) => ByAttribute.GetValueOrDefault(attribute.Name);

    /// <summary>The literal as equality needs it. A text that is no run id becomes one that no run has.</summary>
    public object ToStored(object literal)
    {
        if (!IsRunId || literal is not string text)
        {
            return literal;
        }

        return Guid.TryParseExact(text, "D", out var id) && id.ToString("D") == text
            ? id.ToByteArray(bigEndian: true)
            : Array.Empty<byte>();
    }

    private static SqlColumn Plain(string expression) => new(expression, expression);

    private static SqlColumn Id(string expression)
    {
        var hex = $"lower(hex({expression}))";
        var text = $"(substr({hex},1,8)||'-'||substr({hex},9,4)||'-'||substr({hex},13,4)||'-'||" +
            $"substr({hex},17,4)||'-'||substr({hex},21))";
        return new SqlColumn(expression, $"CASE WHEN {expression} IS NULL THEN NULL ELSE {text} END", IsRunId: true);
    }
}
