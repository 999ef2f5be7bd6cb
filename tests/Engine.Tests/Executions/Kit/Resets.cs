using AugmentedOS.Engine.Executions.Inputs;
using AugmentedOS.Engine.Executions.Resetting;
using AugmentedOS.Engine.Storage;
using Temporalio.Api.History.V1;
using Temporalio.Api.WorkflowService.V1;

namespace AugmentedOS.Engine.Tests.Executions.Kit;

/// <summary>Resets of scenarios.</summary>
internal static class Resets
{
    public const string Reason = "start over";

    /// <summary>The run that a reset makes.</summary>
    public static RunId NewRun { get; } = new(SequentialIds.Nth(2_000_000));

    public static ResetExecution Of(
        Scenario scenario,
        long eventId,
        Action<ResetWorkflowExecutionRequest>? set = null,
        params Scenario[] continuations)
    {
        var request = new ResetWorkflowExecutionRequest
        {
            Reason = Reason,
            RequestId = "reset",
            WorkflowTaskFinishEventId = eventId,
        };
        set?.Invoke(request);
        var newRun = new RunKey(scenario.State.Key.Workflow, NewRun);
        var copy = new HistoryCopy(newRun, scenario.State.StartRequestId, facts => FactCodec.Encode(facts));
        foreach (var copied in scenario.History.TakeWhile(e => e.EventId < Math.Max(eventId, 2)))
        {
            copy.Add(copied);
        }

        var last = continuations.LastOrDefault() ?? scenario;
        List<HistoryEvent> discarded =
        [
            .. scenario.History.Where(e => e.EventId >= eventId),
            .. continuations.SelectMany(continuation => continuation.History),
        ];
        return new ResetExecution(
            scenario.State.Key,
            newRun,
            request,
            new ResetMaterial(
                copy.Finish(),
                [.. discarded.Where(e => ReapplyRules.Concerns(e.EventType))],
                last.State.Key,
                last.State.NextEventId));
    }
}
