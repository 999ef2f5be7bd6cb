using AugmentedOS.Engine.Executions;
using AugmentedOS.Engine.Executions.Deliveries;
using AugmentedOS.Engine.Executions.Inputs;
using AugmentedOS.Engine.Executions.Nexus;
using AugmentedOS.Engine.Executions.TimeSkipping;
using AugmentedOS.Engine.Executions.Versioning;
using AugmentedOS.Engine.Runtime.Instruments;
using AugmentedOS.Engine.Storage;
using Temporalio.Api.Query.V1;

namespace AugmentedOS.Engine.Runtime;

/// <content>From a decision to its commit.</content>
internal sealed partial class Shard
{
    /// <summary>Turns a decision into a commit: facts into the journal, everything else into what happens after it.</summary>
    /// <param name="answers">To queries that went with a workflow task; null with any other input.</param>
    private void Carry(
        RunEntry? entry,
        Decision decision,
        Action<Outcome> settled,
        DecisionContext context,
        IDictionary<string, WorkflowQueryResult>? answers = null)
    {
        decision = TimeSkips.After(decision, context);
        var outcome = new Outcome(decision.Reply, decision.Rejection);
        if (decision.ChangesNothing)
        {
            // Query answers that came with it are a stale worker's: they know nothing of what happened since.
            ReplyWhenDurable(entry, outcome, settled);
            return;
        }

        if (decision.WritesNothing)
        {
            Hold(entry!, decision, outcome, settled, context, answers);
            return;
        }

        var commit = new TransitionCommit(_services.Effects) { Generation = _generation };
        commit.Trace(EngineTrace.Here, _services.Time);
        if (decision.Change is not null)
        {
            Advance(entry!, decision, commit, context, answers);
        }

        if (decision.OtherChange is { } other)
        {
            Advance(_runs.Peek(other.After.Key)!, Decision.Of(other, []), commit, context);
        }

        if (decision.NewRun is { } born)
        {
            var firstEventId = born.Copied?.State.NextEventId ?? 1;
            var begun = _runs.Begin(born.After, JournalSequence.First - 1, firstEventId);
            Advance(begun, Decision.Of(born, decision.NewRunUpdates), commit, context);
        }

        commit.Reply(settled, outcome with { Reply = WithEvents(outcome.Reply) });
        if (decision.Deletes)
        {
            Forget(entry!, commit);
        }

        _services.Commits.Enqueue(commit);
    }

    private void Advance(
        RunEntry entry,
        Decision decision,
        TransitionCommit commit,
        DecisionContext context,
        IDictionary<string, WorkflowQueryResult>? answers = null)
    {
        var before = decision.Change!.Before;
        entry.Tail.Append(decision.Drops ? [] : entry.Live.Held);
        entry.Tail.Append(decision.Change.Facts);
        NotePinned(decision.Change, commit);
        AdvanceQueries(entry, decision, commit, answers);
        commit.Deliver(PendingDeliveries.After(decision.Change));
        commit.Call(PendingNexusCalls.After(decision.Change));
        AdvanceUpdates(entry, decision, commit);
        decision = MatchTasks(entry, decision, commit, context);
        var (live, write) = entry.Live.Apply(decision);
        var written = before is null ? null : entry.Live.Written;
        var copied = CopiedEntries(entry, decision.Change!.Copied);
        var nextEventId = written?.NextEventId ?? decision.Change.Copied?.State.NextEventId ?? 1;
        entry.LastSequence = JournalSequence.Next(entry.LastSequence, nextEventId);
        commit.Add(new JournalEntry(
            entry.Number, entry.LastSequence, FactCodec.Encode(write!.Facts), written, live.Written)
        {
            Copied = copied,
        });
        commit.Measure(write);
        entry.Live = live;
        entry.LastCommit = commit.Mark;
        entry.Tail.SeenUntil(live.State.Sticky is null ? 1 : live.State.PreviousStartedEventId + 1);
        ScheduleWakeUp(entry);
        NoteWork(entry);
        _runs.Touched(entry);
    }

    private void NotePinned(RunChange change, TransitionCommit commit)
    {
        if (change.After.Versioning?.Override is { } decreed
            && VersioningOverrides.TargetOf(decreed) is { } target
            && VersioningOverrides.TargetOf(change.Before?.Versioning?.Override) != target)
        {
            TellPinned(change.After.Key.Namespace, target, commit);
        }
    }

    private void TellPinned(NamespaceId ns, DeploymentVersion target, TransitionCommit commit) =>
        commit.Afterwards(failure =>
        {
            if (failure is null)
            {
                _services.VersionPinned(ns, target);
            }
        });

    /// <summary>Where a poller waits already, its task is started in the same transition: one commit instead of two.</summary>
    private Decision MatchTasks(RunEntry entry, Decision decision, TransitionCommit commit, DecisionContext context)
    {
        foreach (var task in PendingTasks.After(decision.Change!))
        {
            if (!_services.Effects.Matcher.TryReserve(task, out var poller))
            {
                commit.Dispatch(task);
                continue;
            }

            if (TaskStart.MayMoveRun(task, poller))
            {
                // Its start may be the run's move to another version instead: that is a transition of its own.
                _services.Effects.Matcher.Return(poller);
                commit.Dispatch(task);
                continue;
            }

            var started = Start(task, poller, entry.Live.During(decision), context);
            if (started.Reply is StaleTask && PendingTasks.MayBeOverdue(decision.Change!))
            {
                // An activity whose time ran out while it waited: that is recorded next, and the poller waits on.
                _services.Effects.Matcher.Return(poller);
                continue;
            }

            if (started.Change is not { } more)
            {
                throw new InvalidOperationException($"{task} of {entry.Key} was scheduled and cannot be started.");
            }

            entry.Tail.Append(more.Facts);
            decision = decision.Then(started);
            commit.Give(poller, new Outcome(WithEvents(started.Reply), null));
        }

        return decision;
    }

    /// <summary>Puts the events that a workflow task's worker needs into the reply, where memory has them.</summary>
    private object? WithEvents(object? reply) => reply switch
    {
        StartedWorkflowTask started => WithEvents(started),
        CompletedWorkflowTask { Next: { } next } completed => completed with { Next = WithEvents(next) },
        StartedExecution { Eager: { } eager } execution => execution with { Eager = WithEvents(eager) },
        _ => reply,
    };

    private StartedWorkflowTask WithEvents(StartedWorkflowTask started) =>
        _runs.Peek(started.State.Key) is { } entry
            ? started with { Events = entry.Tail.From(started.FirstEventId), Queries = entry.Queries?.ForTask() }
            : started;

    private void ReplyWhenDurable(RunEntry? entry, Outcome outcome, Action<Outcome> settled)
    {
        if (entry is null or { IsDurable: true })
        {
            settled(outcome);
        }
        else
        {
            _services.Commits.Enqueue(new BarrierCommit(settled, outcome) { Generation = _generation });
        }

        if (entry is not null)
        {
            _runs.Touched(entry);
        }
    }
}
