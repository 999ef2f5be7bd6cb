namespace AugmentedOS.Engine.Executions;

/// <summary>What each kind of deadline brings about. The caller schedules the workflow task afterwards, once for all.</summary>
internal static class DeadlineHandling
{
    public static void Handle(Draft draft, Deadline due) =>
        throw new NotSupportedException($"{draft.State.Key}: {due.Kind} is on its way.");
}
