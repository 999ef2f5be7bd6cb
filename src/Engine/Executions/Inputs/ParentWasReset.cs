namespace AugmentedOS.Engine.Executions.Inputs;

/// <summary>The parent was reset to a point after it had initiated the child: news of the child is for the run in its
/// place.</summary>
internal sealed record ParentWasReset(RunKey Parent)
{
    /// <summary>Null when the child is none of the run in its place.</summary>
    public static ParentWasReset? Find(RunState parent, long initiatedEventId) =>
        parent.Successor is { } successor && initiatedEventId < successor.ForkEventId
            ? new ParentWasReset(new RunKey(parent.Key.Workflow, successor.Run))
            : null;
}
