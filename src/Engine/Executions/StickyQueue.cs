namespace AugmentedOS.Engine.Executions;

/// <summary>The queue of the one worker that has this run in its cache.</summary>
internal sealed record StickyQueue(string Name, TimeSpan ScheduleToStart);
