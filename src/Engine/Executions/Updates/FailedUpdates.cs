namespace AugmentedOS.Engine.Executions.Updates;

/// <summary>What becomes of updates when the engine fails a workflow task because of what its worker answered.</summary>
internal static class FailedUpdates
{
    /// <summary>Those that the worker had are over: the task is tried again and would only fail them again. Those that
    /// came since go with the next try.</summary>
    public static Decision Abort(Decision failed, DecisionContext context)
    {
        if (context.Updates.IsEmpty)
        {
            return failed;
        }

        var rejection = UpdateRejections.TaskFailed();
        return failed with
        {
            Updates = context.Updates.RemoveAll(update => update.IsSent),
            EndedUpdates =
            [
                .. context.Updates
                    .Where(update => update.IsSent)
                    .Select(update => new EndedUpdate(update.Id, new UpdateProgress.Aborted(rejection))),
            ],
        };
    }
}
