namespace AugmentedOS.Engine.Executions.Updates;

/// <summary>The reply to whoever asks for an update or after one: which run it is in, and how far it has come. What comes
/// later, a waiter is told.</summary>
internal sealed record UpdateStanding(RunKey Run, UpdateProgress Progress) : IUpdateReply
{
    UpdateStanding IUpdateReply.Standing => this;

    /// <summary>How far an update of a run has come; null when the run does not know it.</summary>
    public static UpdateStanding? Of(RunState state, string updateId, DecisionContext context)
    {
        if (state.Updates.Known.TryGetValue(updateId, out var known))
        {
            return new UpdateStanding(state.Key, Of(known, state.IsClosed));
        }

        return state.IsRunning && context.Updates.Exists(update => update.Id == updateId)
            ? new UpdateStanding(state.Key, UpdateProgress.Admitted.Instance)
            : null;
    }

    /// <summary>What a closed run left unfinished is over as well.</summary>
    private static UpdateProgress Of(KnownUpdate known, bool isClosed) => known.Stage switch
    {
        UpdateStage.Completed => new UpdateProgress.CompletedAt(known.EventId),
        UpdateStage.Accepted when isClosed => UpdateProgress.Completed.Failed(UpdateFailures.WorkflowCompleted()),
        UpdateStage.Accepted => UpdateProgress.Accepted.Instance,
        _ when isClosed => new UpdateProgress.Aborted(UpdateRejections.AbortedByClosing()),
        _ => UpdateProgress.Admitted.Instance,
    };
}
