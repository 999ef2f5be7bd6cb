using Temporalio.Api.Enums.V1;
using Temporalio.Api.History.V1;

namespace AugmentedOS.Engine.Executions.Folding;

/// <summary>The fold of child workflows as their parent sees them.</summary>
internal static class FoldChildren
{
    public static RunState Initiated(RunState state, HistoryEvent happened) => state with
    {
        Children = state.Children.Add(
            happened.EventId,
            new PendingChild(
                happened.EventId,
                happened.StartChildWorkflowExecutionInitiatedEventAttributes,
                happened.UserMetadata)),
        UnstartedChildren = state.UnstartedChildren + 1,
    };

    public static RunState Started(RunState state, HistoryEvent happened)
    {
        var attributes = happened.ChildWorkflowExecutionStartedEventAttributes;
        var child = state.Children[attributes.InitiatedEventId];
        return state with
        {
            Children = state.Children.SetItem(child.InitiatedEventId, child with
            {
                Run = RunId.Parse(attributes.WorkflowExecution.RunId),
                StartedEventId = happened.EventId,
            }),
            UnstartedChildren = state.UnstartedChildren - 1,
            Origin = state.Origin?.WithoutReplaced(child),
        };
    }

    /// <summary>A start that was buffered has its event id only now.</summary>
    public static RunState WireStarted(RunState state, HistoryEvent happened)
    {
        if (happened.EventType != EventType.ChildWorkflowExecutionStarted)
        {
            return state;
        }

        var initiated = happened.ChildWorkflowExecutionStartedEventAttributes.InitiatedEventId;
        return state.Children.TryGetValue(initiated, out var child)
            ? state with
            {
                Children = state.Children.SetItem(initiated, child with { StartedEventId = happened.EventId }),
            }
            : state;
    }

    public static RunState Ended(RunState state, long initiatedEventId)
    {
        if (!state.Children.TryGetValue(initiatedEventId, out var child))
        {
            return state;
        }

        return state with
        {
            Children = state.Children.Remove(initiatedEventId),
            UnstartedChildren = child.Run is null ? state.UnstartedChildren - 1 : state.UnstartedChildren,
        };
    }
}
