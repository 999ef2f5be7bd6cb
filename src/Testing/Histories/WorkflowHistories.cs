using Temporalio.Common;

namespace AugmentedOS.Testing.Histories;

/// <summary>Reads histories, for people.</summary>
public static class WorkflowHistories
{
    /// <summary>Begins assertions on what a workflow did.</summary>
    public static HistoryAssertions Should(this WorkflowHistory history)
    {
        ArgumentNullException.ThrowIfNull(history);
        return new HistoryAssertions(history);
    }

    /// <summary>The history as text: a line an event, without workflow tasks that went well.</summary>
    public static string ToText(this WorkflowHistory history)
    {
        ArgumentNullException.ThrowIfNull(history);
        return HistoryText.Of(history);
    }
}
