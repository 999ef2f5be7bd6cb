using AugmentedOS.Engine.Executions;
using AugmentedOS.Engine.Executions.Updates;
using AugmentedOS.Engine.TaskQueues;
using AugmentedOS.Engine.Updates;
using Temporalio.Api.Query.V1;

namespace AugmentedOS.Engine.Runtime;

/// <content>Updates, and workflow tasks that only memory knows.</content>
internal sealed partial class Shard
{
    /// <summary>A decision that nothing has to be written for. What it rests on may still be on its way to disk: nobody
    /// is told before that is there.</summary>
    private void Hold(
        RunEntry entry,
        Decision decision,
        Outcome outcome,
        Action<Outcome> settled,
        DecisionContext context,
        IDictionary<string, WorkflowQueryResult>? answers)
    {
        var after = entry.Live.During(decision).State;
        var released = entry.Queries?.Advance(answers, after, _services.Limits);
        var news = entry.UpdateWaiters?.Advance(decision, after);
        var (next, poller, task) = MatchHeld(entry, decision, context);
        entry.Live = entry.Live.Apply(next).After;
        ScheduleWakeUp(entry);
        NoteWork(entry);
        if (poller is not null)
        {
            ReplyWhenDurable(entry, new Outcome(WithEvents(task), null), poller.Complete);
        }

        ReplyWhenDurable(entry, outcome with { Reply = WithEvents(outcome.Reply) }, settled);
        WhenDurable(entry, news);
        WhenDurable(entry, released);
    }

    /// <summary>Where a poller waits already, it takes the task that is held.</summary>
    private (Decision Decision, Poller? Poller, object? Task) MatchHeld(
        RunEntry entry, Decision decision, DecisionContext context)
    {
        if (decision.Held is null || PendingTasks.After(decision.Held) is not [var task])
        {
            return (decision, null, null);
        }

        if (!_services.Effects.Matcher.TryReserve(task, out var poller))
        {
            _services.Effects.Matcher.Add(task);
            return (decision, null, null);
        }

        var started = Start(task, poller, entry.Live.During(decision), context);
        return started.Held is null
            ? throw new InvalidOperationException($"{task} of {entry.Key} is held and cannot be started.")
            : (decision.Then(started), poller, started.Reply);
    }

    private static void AdvanceUpdates(RunEntry entry, Decision decision, TransitionCommit commit)
    {
        if (entry.UpdateWaiters?.Advance(decision, decision.Change!.After) is { } news)
        {
            commit.Afterwards(news);
        }
    }

    private void Await(UpdateStanding standing, UpdateWaiter waiter)
    {
        if (standing.Progress is UpdateProgress.Admitted or UpdateProgress.Accepted
            && _runs.Peek(standing.Run) is { } entry)
        {
            (entry.UpdateWaiters ??= new UpdateWaiters()).Add(waiter);
        }
    }

    private void WhenDurable(RunEntry entry, Action<Rejection?>? action)
    {
        if (action is not null)
        {
            ReplyWhenDurable(entry, default, outcome => action(outcome.Rejection));
        }
    }
}
