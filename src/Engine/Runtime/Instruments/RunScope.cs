namespace AugmentedOS.Engine.Runtime.Instruments;

/// <summary>The tags that all measurements of a run share.</summary>
/// <remarks>A Temporal server names the task queue too, unless it is told to leave that out; this one leaves it out.
/// </remarks>
internal readonly struct RunScope(string ns, string workflowType)
{
    private const string Omitted = "__omitted__";

    public KeyValuePair<string, object?> Namespace { get; } = new("namespace", ns);

    public KeyValuePair<string, object?> WorkflowType { get; } = new("workflowType", workflowType);

    public static KeyValuePair<string, object?> TaskQueue { get; } = new("taskqueue", Omitted);
}
