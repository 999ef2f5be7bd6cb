using System.Collections.Immutable;
using Temporalio.Api.Common.V1;

namespace AugmentedOS.Engine.Executions.Resetting;

/// <summary>A run and those that it came from by resets: a child knows one of them as its parent.</summary>
internal static class ResetFamily
{
    /// <param name="parent">The parent as a child knows it; null when it has none.</param>
    public static bool Includes(WorkflowExecution? parent, WorkflowExecution run, ImmutableList<RunId> formerRuns) =>
        parent is not null
        && parent.WorkflowId == run.WorkflowId
        && (parent.RunId == run.RunId || (RunId.TryParse(parent.RunId, out var id) && formerRuns.Contains(id)));
}
