using AugmentedOS.Engine.Executions;
using AugmentedOS.Engine.Executions.Inputs;
using AugmentedOS.Engine.Executions.Speculation;
using AugmentedOS.Engine.Executions.Updates;

namespace AugmentedOS.Engine.Runtime;

/// <content>What time does to runs.</content>
internal sealed partial class Shard
{
    internal void ExtendHorizon(Instant until) => _horizon = until;

    internal void Expect(RunKey run, Instant at)
    {
        if (_runs.Peek(run) is { } entry)
        {
            ScheduleWakeUp(entry);
        }
        else
        {
            _wakeUps.Add(run, at);
        }
    }

    internal void WakeUp()
    {
        _wakeUps.Disarmed();
        var context = Context();
        while (_wakeUps.TryTakeDue(context.Now, out var due))
        {
            if (_runs.Find(due.Target.Workflow, due.Target.Run) is not { } entry)
            {
                continue;
            }

            if (ReferenceEquals(entry.WakeUp, due))
            {
                entry.WakeUp = null;
            }

            var own = In(due.Target.Workflow.Namespace, context).WithAhead(entry.State.Ahead);
            var decision = LiveRun.Decide(new FireDeadlines(due.Target), entry.Live, own);
            Carry(entry, HistoryLimits.Enforce(decision, own), static _ => { }, own);
            ScheduleWakeUp(entry);
        }
    }

    private void ScheduleWakeUp(RunEntry entry)
    {
        if (entry.State.WakesAt is not { } due)
        {
            CancelWakeUp(entry);
            return;
        }

        // An earlier look is planned already and will plan the next; what lies beyond the horizon is in the index,
        // unless the run is hot, which the index does not list. A clock that can be skipped would jump to it for nothing.
        var isPlanned = entry.WakeUp is { } planned && (_wakeUps.IsExact ? planned.At == due : planned.At <= due);
        if (!isPlanned && (due <= _horizon || entry.State.IsHot))
        {
            CancelWakeUp(entry);
            entry.WakeUp = _wakeUps.Add(entry.Key, due);
        }
    }

    private static void CancelWakeUp(RunEntry entry)
    {
        if (entry.WakeUp is { } planned)
        {
            planned.IsCancelled = true;
            entry.WakeUp = null;
        }
    }

    /// <summary>Leaves behind the one wake-up that an idle run needs, so that it is not loaded for nothing.</summary>
    private void OnEvicted(RunEntry entry)
    {
        CancelWakeUp(entry);
        ForgetWork(entry);
        entry.Queries?.FailAll(OutOfMemory);
        entry.UpdateWaiters?.LoseAll(UpdateRejections.Lost());
        _services.Effects.Instruments.Lost(entry.Live);
        if (entry.State.WakesAt is { } due && due <= _horizon)
        {
            _wakeUps.Add(entry.Key, due);
        }
    }
}
