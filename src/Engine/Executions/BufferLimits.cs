using Temporalio.Api.Enums.V1;

namespace AugmentedOS.Engine.Executions;

/// <summary>What may gather behind a started workflow task. Beyond that the task is taken from its worker, so that the
/// workflow gets to see what has happened.</summary>
internal static class BufferLimits
{
    /// <summary>The decision, followed by the end of the started task when it has filled the buffer.</summary>
    public static Decision Enforce(Decision decision, DecisionContext context)
    {
        if (decision.Change is not { After.Task: { IsStarted: true } task } change
            || (change.After.Buffered.Count <= context.Limits.MaxBufferedEvents
                && change.After.BufferedBytes <= context.Limits.MaxBufferedBytes))
        {
            return decision;
        }

        var draft = new Draft(change.After, context);
        WorkflowTaskEvents.RecordTransient(draft, task);
        WorkflowTaskEvents.RecordFailed(
            draft,
            draft.State.Task!,
            WorkflowTaskFailedCause.ForceCloseCommand,
            failure: null,
            ForcedClose.ServiceIdentity);
        WorkflowTasks.Schedule(draft);
        return decision.Continue(draft);
    }
}
