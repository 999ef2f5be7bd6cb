using AugmentedOS.Engine.Executions;
using AugmentedOS.Engine.Executions.Resetting;
using AugmentedOS.Engine.Storage;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.History.V1;
using Temporalio.Api.WorkflowService.V1;

namespace AugmentedOS.Engine.Runtime.Resetting;

/// <summary>Reads what a reset has to know: the history of the run to go back in, and of those that continued it.</summary>
internal sealed class ResetReader(IJournal journal)
{
    private const int PageEvents = 1000;

    /// <exception cref="JournalException">The file cannot be read right now.</exception>
    public ResetMaterial Read(RunState baseRun, RunKey newRun, ResetWorkflowExecutionRequest request)
    {
        var fork = request.WorkflowTaskFinishEventId;
        var copy = new HistoryCopy(newRun, baseRun.StartRequestId, facts => FactCodec.Encode(facts));
        var discarded = new List<HistoryEvent>();
        HistoryEvent? last = null;
        foreach (var happened in journal.Events(baseRun.Key, 1, PageEvents))
        {
            if (happened.EventId < fork)
            {
                copy.Add(happened);
            }
            else
            {
                Keep(discarded, happened);
            }

            last = happened;
        }

        var (read, next) = (baseRun.Key, last!.EventId + 1);
        while (!ReapplyRules.Of(request).ExcludesAll && Continuation(last) is { } run)
        {
            var key = new RunKey(baseRun.Key.Workflow, run);
            last = null;
            foreach (var happened in journal.Events(key, 1, PageEvents))
            {
                Keep(discarded, happened);
                last = happened;
            }

            if (last is null)
            {
                break; // That run was deleted; what came after it cannot be found.
            }

            (read, next) = (key, last.EventId + 1);
        }

        return new ResetMaterial(copy.Finish(), discarded, read, next);
    }

    private static void Keep(List<HistoryEvent> discarded, HistoryEvent happened)
    {
        if (ReapplyRules.Concerns(happened.EventType))
        {
            discarded.Add(happened);
        }
    }

    private static RunId? Continuation(HistoryEvent last) =>
        last.EventType == EventType.WorkflowExecutionContinuedAsNew
        && RunId.TryParse(last.WorkflowExecutionContinuedAsNewEventAttributes.NewExecutionRunId, out var run)
            ? run
            : null;
}
