using Temporalio.Api.Enums.V1;

namespace AugmentedOS.Engine.Executions.Folding;

/// <summary>The search attribute by which operators find runs whose workflow tasks keep failing.</summary>
internal static class ReportedProblems
{
    public const string AttributeName = "TemporalReportedProblems";
    private const int FailuresUntilReported = 5;

    /// <param name="cause">Why the task failed; null when it timed out or the cause is not recorded.</param>
    public static RunState Note(RunState state, WorkflowTaskFailedCause? cause)
    {
        if (state.TaskFailuresInARow < FailuresUntilReported || state.SearchAttributes.ContainsKey(AttributeName))
        {
            return state;
        }

        string[] values = cause is { } known
            ? ["category=WorkflowTaskFailed", $"cause=WorkflowTaskFailedCause{known}"]
            : ["category=WorkflowTaskFailed"];
        return state with
        {
            SearchAttributes = state.SearchAttributes.SetItem(AttributeName, KeywordListPayload.Of(values)),
        };
    }
}
