namespace AugmentedOS.Engine.Executions.Inputs;

/// <summary>The reply to the start of an activity or an operation without a workflow.</summary>
/// <param name="IsNew">Whether this request started it.</param>
/// <param name="Eager">An activity's first attempt, for who asked for it with its start; null for all others.</param>
internal sealed record StartedStandalone(RunId Run, bool IsNew, StartedActivity? Eager = null);
