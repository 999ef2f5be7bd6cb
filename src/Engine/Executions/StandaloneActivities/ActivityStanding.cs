using Temporalio.Api.Enums.V1;

namespace AugmentedOS.Engine.Executions.StandaloneActivities;

/// <summary>Where an activity stands, by the names that refusals give it.</summary>
internal enum ActivityStanding
{
    Scheduled,
    Started,
    CancelRequested,
    PauseRequested,
    Paused,
    ResetRequested,
    Completed,
    Failed,
    Canceled,
    Terminated,
    TimedOut,
}

/// <summary>Reads it off a run.</summary>
internal static class ActivityStandings
{
    public static ActivityStanding Of(RunState state) => state.IsClosed
        ? state.Status switch
        {
            WorkflowExecutionStatus.Completed => ActivityStanding.Completed,
            WorkflowExecutionStatus.Canceled => ActivityStanding.Canceled,
            WorkflowExecutionStatus.Terminated => ActivityStanding.Terminated,
            WorkflowExecutionStatus.TimedOut => ActivityStanding.TimedOut,
            _ => ActivityStanding.Failed,
        }
        : Of(ActivityRun.Of(state));

    /// <summary>A cancellation goes before a reset, and a reset before a pause.</summary>
    public static ActivityStanding Of(PendingActivity activity) => activity switch
    {
        { IsStarted: false, Pause: not null } => ActivityStanding.Paused,
        { IsStarted: false } => ActivityStanding.Scheduled,
        { CancelRequestedEventId: not 0 } => ActivityStanding.CancelRequested,
        { IsReset: true } => ActivityStanding.ResetRequested,
        { Pause: not null } => ActivityStanding.PauseRequested,
        _ => ActivityStanding.Started,
    };
}
