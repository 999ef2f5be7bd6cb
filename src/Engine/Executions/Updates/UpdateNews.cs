using AugmentedOS.Engine.Executions.Facts;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.History.V1;

namespace AugmentedOS.Engine.Executions.Updates;

/// <summary>How far a decision brought updates.</summary>
internal static class UpdateNews
{
    /// <summary>The updates that came further, each once, with the furthest it came. An update that was accepted and
    /// completed at once is completed: nobody is told of the stage between.</summary>
    /// <param name="after">The run after it.</param>
    /// <param name="asked">The updates that somebody asks after.</param>
    public static Dictionary<string, UpdateProgress> Of(
        Decision decision, RunState after, IEnumerable<string> asked)
    {
        var news = new Dictionary<string, UpdateProgress>(StringComparer.Ordinal);
        foreach (var fact in decision.Change?.Facts ?? [])
        {
            if (fact is EventRecorded { Event: var happened })
            {
                Read(happened, news);
            }
        }

        foreach (var ended in decision.EndedUpdates)
        {
            news[ended.Id] = ended.Progress;
        }

        if (after.IsClosed)
        {
            var left = OfUnanswered(decision, after);
            foreach (var id in asked.Where(id => news.GetValueOrDefault(id) is null or UpdateProgress.Accepted))
            {
                news[id] = OfClosed(id, after, left);
            }
        }

        return news;
    }

    private static void Read(HistoryEvent happened, Dictionary<string, UpdateProgress> news)
    {
        switch (happened.EventType)
        {
            case EventType.WorkflowExecutionUpdateAccepted:
                news[happened.WorkflowExecutionUpdateAcceptedEventAttributes.ProtocolInstanceId] =
                    UpdateProgress.Accepted.Instance;
                break;
            case EventType.WorkflowExecutionUpdateCompleted:
                var completed = happened.WorkflowExecutionUpdateCompletedEventAttributes;
                news[completed.Meta.UpdateId] = new UpdateProgress.Completed(completed.Outcome);
                break;
            default:
                break;
        }
    }

    /// <summary>What the close means for an update that no worker has answered: where another run goes on, its caller
    /// tries again and gets there.</summary>
    private static Rejection OfUnanswered(Decision decision, RunState closed)
    {
        var goesOn = decision.NewRun?.After.Started.ContinuedExecutionRunId == closed.Key.Run.ToString();
        return goesOn ? UpdateRejections.Closing() : UpdateRejections.AbortedByClosing();
    }

    private static UpdateProgress OfClosed(string id, RunState closed, Rejection left)
    {
        var isAccepted = closed.Updates.Known.TryGetValue(id, out var known) && known.Stage == UpdateStage.Accepted;
        return isAccepted
            ? UpdateProgress.Completed.Failed(UpdateFailures.WorkflowCompleted())
            : new UpdateProgress.Aborted(left);
    }
}
