namespace AugmentedOS.Engine.Executions.Inputs;

/// <summary>The reply to a poller that got an activity: the run and the activity right after its start.</summary>
internal sealed record StartedActivity(RunState State, PendingActivity Activity);
