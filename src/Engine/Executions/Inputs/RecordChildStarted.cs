namespace AugmentedOS.Engine.Executions.Inputs;

/// <summary>A child says that it was started. The answer decides over the child: done, and its first workflow task
/// may begin; refused, and it must go, because its parent will never know of it.</summary>
/// <param name="Child">The first run of the child.</param>
internal sealed record RecordChildStarted(RunKey Parent, long InitiatedEventId, RunKey Child)
    : RunInput(Parent.Workflow, Parent.Run)
{
    protected override Decision DecideOn(RunState state, DecisionContext context)
    {
        if (!state.Children.TryGetValue(InitiatedEventId, out var child)
            || child.Attributes.WorkflowId != Child.WorkflowId
            || (child.Run is { } known && known != Child.Run))
        {
            return Decision.Reject(Rejection.NotFound("Pending child execution not found."));
        }

        // A closed parent still knows whom it started: that child's fate is up to its parent close policy.
        if (child.Run is not null)
        {
            return Decision.Answer(Done.Instance);
        }

        if (state.IsClosed)
        {
            return ParentWasReset.Find(state, InitiatedEventId) is { } moved
                ? Decision.Answer(moved)
                : Decision.Reject(Rejection.AlreadyCompleted());
        }

        var draft = new Draft(state, context);
        ChildEvents.RecordStarted(draft, child, Child.Run);
        WorkflowTasks.Ensure(draft);
        return Decision.Accept(draft, Done.Instance);
    }
}
