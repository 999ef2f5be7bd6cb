using Temporalio.Api.Enums.V1;
using Temporalio.Api.History.V1;

namespace AugmentedOS.Engine.Executions.Resetting;

/// <summary>Applies again, to the new run, what happened after the reset point and was not the old run's own doing.
/// </summary>
internal static class Reapplication
{
    public static void Apply(Draft draft, IEnumerable<HistoryEvent> discarded, ReapplyRules rules)
    {
        foreach (var happened in discarded)
        {
            Apply(draft, happened, rules);
        }
    }

    private static void Apply(Draft draft, HistoryEvent happened, ReapplyRules rules)
    {
        switch (happened.EventType)
        {
            case EventType.WorkflowExecutionSignaled when rules.Signals:
                ApplySignal(draft, happened);
                break;
            case EventType.WorkflowExecutionUpdateAdmitted when rules.Updates:
                var admitted = happened.WorkflowExecutionUpdateAdmittedEventAttributes;
                ApplyUpdate(draft, admitted.Request, admitted.Origin);
                break;

            // An accepted event without its request follows an admitted one, which has it.
            case EventType.WorkflowExecutionUpdateAccepted
                when rules.Updates && happened.WorkflowExecutionUpdateAcceptedEventAttributes.AcceptedRequest is { } request:
                ApplyUpdate(draft, request, UpdateAdmittedEventOrigin.Reapply);
                break;
            case EventType.WorkflowExecutionOptionsUpdated:
                ApplyOptions(draft, happened);
                break;
            default:
                if (ReappliedChildren.Find(draft.State, happened) is { } child)
                {
                    Copy(draft, happened, e => ReappliedChildren.Wire(e, child));
                }
                else if (rules.Nexus && ReappliedNexus.Concerns(draft.State, happened))
                {
                    Copy(draft, happened);
                }

                break;
        }
    }

    private static void ApplySignal(Draft draft, HistoryEvent happened)
    {
        var signal = happened.WorkflowExecutionSignaledEventAttributes;
        draft.Record(EventType.WorkflowExecutionSignaled, e =>
        {
            e.WorkflowExecutionSignaledEventAttributes = new WorkflowExecutionSignaledEventAttributes
            {
                SignalName = signal.SignalName,
                Input = signal.Input,
                Identity = signal.Identity,
                Header = signal.Header,
                RequestId = signal.RequestId,
            };
            e.Links.AddRange(happened.Links);
        });
    }

    private static void ApplyUpdate(
        Draft draft, Temporalio.Api.Update.V1.Request request, UpdateAdmittedEventOrigin origin) =>
        draft.Record(EventType.WorkflowExecutionUpdateAdmitted, e => e.WorkflowExecutionUpdateAdmittedEventAttributes =
            new WorkflowExecutionUpdateAdmittedEventAttributes { Request = request, Origin = origin });

    /// <summary>A request that was attached before the reset point, too, brings its callbacks only once.</summary>
    private static void ApplyOptions(Draft draft, HistoryEvent happened)
    {
        var updated = happened.WorkflowExecutionOptionsUpdatedEventAttributes;
        var isKnown = updated.AttachedCompletionCallbacks.Count > 0
            && (draft.State.AttachedRequestIds.ContainsKey(updated.AttachedRequestId)
                || draft.State.StartRequestId == updated.AttachedRequestId);
        if (!isKnown)
        {
            Copy(draft, happened);
        }
    }

    private static void Copy(Draft draft, HistoryEvent happened, Action<HistoryEvent>? wire = null) =>
        draft.Record(happened.EventType, e =>
        {
            var (id, at) = (e.EventId, e.EventTime);
            e.MergeFrom(happened);
            (e.EventId, e.EventTime) = (id, at);
            wire?.Invoke(e);
        });
}
