using AugmentedOS.Engine.Executions;
using AugmentedOS.Engine.Executions.Facts;
using AugmentedOS.Engine.Executions.Inputs;
using AugmentedOS.Engine.Tests.Executions.Kit;
using Temporalio.Api.Command.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.WorkflowService.V1;

namespace AugmentedOS.Engine.Tests.Executions.Deliveries;

/// <summary>Workflows that start, signal, cancel and outlive each other as a list of numbers says, while what they tell
/// each other is delayed, overtaken, repeated, refused and lost.</summary>
internal sealed class RandomFamily : IDisposable
{
    private const int RoundsToRest = 1000;
    private static readonly string[] Ids = ["a", "b", "c", "d", "e"];
    private static readonly ParentClosePolicy[] Policies =
        [ParentClosePolicy.Terminate, ParentClosePolicy.RequestCancel, ParentClosePolicy.Abandon];
    private readonly World _world = new();
    private readonly byte[] _choices;
    private int _next;

    public RandomFamily(byte[] choices)
    {
        _choices = choices;
        _world.Watch = CheckFirstTask;
        _world.Start("a");
    }

    /// <summary>Lets everything happen, then lets everything arrive, and looks whether it all fits together.</summary>
    public void Live()
    {
        while (_next < _choices.Length)
        {
            Step();
        }

        for (var round = 0; !ComesToRest(); round++)
        {
            Assert.True(round < RoundsToRest, $"{_world.Waiting} inputs are still on their way after {round} rounds.");
        }

        FamilyInvariants.Check(_world);
    }

    public void Dispose() => _world.Dispose();

    /// <summary>What arrives makes work, and work makes more that has to arrive.</summary>
    private bool ComesToRest()
    {
        var isQuiet = _world.TrySettle();
        _world.Elapse(5.Seconds());
        var isIdle = !WorkOnce();
        return isQuiet && isIdle && _world.Waiting == 0;
    }

    private void Step()
    {
        switch (Choose(16))
        {
            case < 6 when _world.Waiting > 0:
                _world.Deliver(Choose(_world.Waiting));
                break;
            case 6 when _world.Waiting > 0:
                _world.Refuse(Choose(_world.Waiting));
                break;
            case 7:
                _world.SendAgain(AnyRun());
                break;
            case 8 when Choose(4) == 0:
                _world.Crash();
                break;
            case 9:
                _world.Elapse(Choose(4).Seconds());
                break;
            case 10 when Choose(4) == 0:
                _world.Do(new TerminateExecution(
                    AnyRun().Key.Workflow, null, new TerminateWorkflowExecutionRequest()));
                break;
            case 11 when Choose(4) == 0:
                _world.Start(Ids[Choose(Ids.Length)]);
                break;
            case 12 when Choose(2) == 0:
                Reset(AnyRun());
                break;
            default:
                Work(AnyRun());
                break;
        }
    }

    /// <summary>Goes back to some workflow task of an open run.</summary>
    private void Reset(RunState run)
    {
        var tasks = _world.History(run.Key).Where(e => e.EventType == EventType.WorkflowTaskStarted).ToList();
        if (run.IsRunning && tasks.Count > 0)
        {
            _world.Reset(run, tasks[Choose(tasks.Count)].EventId);
        }
    }

    private void Work(RunState run)
    {
        if (run.Task is { IsStarted: false })
        {
            _world.Take(run);
        }
        else if (run.Task is not null)
        {
            _world.Answer(run, [.. Commands()]);
        }
    }

    private IEnumerable<Command> Commands()
    {
        for (var count = Choose(3); count > 0; count--)
        {
            var id = Ids[Choose(Ids.Length)];
            switch (Choose(4))
            {
                case 0:
                    yield return Order.Signal(id, a => a.ChildWorkflowOnly = Choose(2) == 0);
                    break;
                case 1:
                    yield return Order.Cancel(id, a => a.ChildWorkflowOnly = Choose(2) == 0);
                    break;
                default:
                    yield return Order.StartChild(id, Policies[Choose(Policies.Length)]);
                    break;
            }
        }

        switch (Choose(20))
        {
            case 0:
                yield return Order.Complete();
                break;
            case 1:
                yield return Order.Fail();
                break;
            case 2:
                yield return Order.AcceptCancel();
                break;
            case 3:
                yield return Order.ContinueAsNew();
                break;
            default:
                break;
        }
    }

    /// <summary>Workers finish what they hold without asking for more.</summary>
    private bool WorkOnce()
    {
        var busy = _world.Runs.Where(run => run.Task is not null).ToList();
        foreach (var run in busy)
        {
            if (run.Task is { IsStarted: false })
            {
                _world.Take(run);
            }

            _world.Answer(_world.State(run.Key));
        }

        return busy.Count > 0;
    }

    /// <summary>Nothing that a child does precedes its start in its parent's history.</summary>
    private void CheckFirstTask(RunChange change)
    {
        var run = change.After;
        var begins = run.FirstTaskScheduled && change.Before is not { FirstTaskScheduled: true };
        if (!begins || change.Copied is not null || run.Started.ParentWorkflowExecution is not { } parent
            || run.Started.ContinuedExecutionRunId.Length > 0)
        {
            return;
        }

        var knows = _world.State(new RunKey(World.Id(parent.WorkflowId), RunId.Parse(parent.RunId)));
        while (ParentWasReset.Find(knows, run.Started.ParentInitiatedEventId) is { } moved)
        {
            knows = _world.State(moved.Parent);
        }

        var isRecorded = knows.Children.TryGetValue(run.Started.ParentInitiatedEventId, out var child)
            && child.Run == run.Key.Run;
        Assert.True(isRecorded, $"{run.Key} begins before {knows.Key} knows of it: {string.Join<Fact>(", ", change.Facts)}");
    }

    private RunState AnyRun()
    {
        var runs = _world.Runs.ToList();
        return runs[Choose(runs.Count)];
    }

    private int Choose(int count) => _next < _choices.Length ? _choices[_next++] % count : 0;
}
