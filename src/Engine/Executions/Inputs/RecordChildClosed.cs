using Temporalio.Api.History.V1;

namespace AugmentedOS.Engine.Executions.Inputs;

/// <summary>The last run of a child's chain has closed. A parent that does not wait for that child any more (it has
/// closed too, or has been told before) takes no notice.</summary>
/// <param name="Child">The run that closed.</param>
/// <param name="FirstRun">The first run of its chain, the one that the parent started.</param>
/// <param name="Close">The child's closing event.</param>
internal sealed record RecordChildClosed(
    RunKey Parent, long InitiatedEventId, RunKey Child, RunId FirstRun, HistoryEvent Close)
    : RunInput(Parent.Workflow, Parent.Run)
{
    protected override Decision DecideOn(RunState state, DecisionContext context)
    {
        if (state.IsClosed && ParentWasReset.Find(state, InitiatedEventId) is { } moved)
        {
            return Decision.Answer(moved);
        }

        if (state.IsClosed
            || !state.Children.TryGetValue(InitiatedEventId, out var child)
            || child.Attributes.WorkflowId != Child.WorkflowId
            || (child.Run is { } known && known != FirstRun))
        {
            return Decision.Answer(Done.Instance);
        }

        var draft = new Draft(state, context);
        if (child.Run is null)
        {
            // The child was ended by others before its announcement arrived; its start comes first all the same.
            ChildEvents.RecordStarted(draft, child, FirstRun);
            child = draft.State.Children[InitiatedEventId];
        }

        ChildEvents.RecordClosed(draft, child, Child.Run, Close);
        WorkflowTasks.Ensure(draft);
        return Decision.Accept(draft, Done.Instance);
    }
}
