using Temporalio.Workflows;

namespace AugmentedOS.Workflows.Misuse;

/// <summary>Refuses what only makes sense inside a workflow, with a message that says what to do.</summary>
internal static class InWorkflow
{
    /// <param name="pattern">What was called, as its caller wrote it.</param>
    /// <exception cref="InvalidOperationException">The caller is no workflow.</exception>
    public static void Require(string pattern)
    {
        if (!Workflow.InWorkflow)
        {
            throw new InvalidOperationException(
                $"{pattern} works inside a workflow only: it waits in the workflow's time and is recorded in its "
                    + "history. Call it from a method with [WorkflowRun], [WorkflowSignal] or [WorkflowUpdate], or "
                    + "from what these await without Task.Run and ConfigureAwait(false).");
        }
    }
}
