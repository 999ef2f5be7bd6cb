using AugmentedOS.Engine.Executions;
using AugmentedOS.Engine.Executions.Inputs;
using AugmentedOS.Engine.Executions.Resetting;
using AugmentedOS.Engine.Runtime;
using AugmentedOS.Engine.Storage;
using Temporalio.Api.History.V1;
using Temporalio.Api.WorkflowService.V1;

namespace AugmentedOS.Engine.Tests.Executions.Deliveries;

/// <content>Going back.</content>
internal sealed partial class World
{
    private int _resets;

    /// <summary>Goes back to an event of the workflow's current run.</summary>
    public World Reset(string workflowId, long eventId)
    {
        Reset(Current(workflowId), eventId);
        return this;
    }

    public Outcome Reset(RunState state, long eventId)
    {
        var request = new ResetWorkflowExecutionRequest
        {
            Reason = "reset",
            RequestId = $"reset-{_resets++}",
            WorkflowTaskFinishEventId = eventId,
        };
        var newRun = state.Key with { Run = new RunId(_ids.Next()) };
        var copy = new HistoryCopy(newRun, state.StartRequestId, facts => FactCodec.Encode(facts));
        _histories[state.Key].Where(e => e.EventId < eventId).ToList().ForEach(copy.Add);
        var material = new ResetMaterial(
            copy.Finish(),
            [.. _histories[state.Key].Where(e => e.EventId >= eventId && ReapplyRules.Concerns(e.EventType))],
            state.Key,
            state.NextEventId);
        var context = new DecisionContext(Now, _ids, Limits, _namespaces);
        var current = _runs[_current[state.Key.Workflow]];
        Outcome? outcome = null;
        Carry(
            current,
            new ResetExecution(state.Key, newRun, request, material).Decide(state, current, [], context),
            settled => outcome = settled);
        return outcome!.Value;
    }

    private static List<HistoryEvent> Copied(RunChange change) =>
    [
        .. (change.Copied?.Rows ?? []).SelectMany(row => FactCodec.Decode(row.Facts.Span)).Select(EventOf)
            .OfType<HistoryEvent>(),
    ];
}
