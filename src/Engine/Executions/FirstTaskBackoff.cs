namespace AugmentedOS.Engine.Executions;

/// <summary>The wait before a run's first workflow task: a start delay, a cron tick, a retry's interval.</summary>
internal static class FirstTaskBackoff
{
    /// <summary>The wait is over.</summary>
    public static void Handle(Draft draft, Deadline due) => End(draft);

    /// <summary>Schedules the first workflow task now, be the wait over or not. A child still waits for its
    /// parent.</summary>
    public static void End(Draft draft)
    {
        if (draft.State is { InFirstTaskBackoff: true, AwaitsParent: false, Task: null })
        {
            WorkflowTasks.Schedule(draft);
        }
    }
}
