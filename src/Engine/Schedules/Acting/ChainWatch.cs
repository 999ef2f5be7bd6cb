using AugmentedOS.Engine.Executions;
using AugmentedOS.Engine.Executions.Inputs;
using AugmentedOS.Engine.Runtime;
using Grpc.Core;

namespace AugmentedOS.Engine.Schedules.Acting;

/// <summary>Waits for the end of a chain of runs: through retries, continue-as-new and resets. Costs the runs nothing; what
/// a crash takes is begun again from the schedule's state.</summary>
internal sealed class ChainWatch : IDisposable
{
    private readonly Persistent _executions;
    private readonly WorkflowKey _workflow;
    private readonly RunId _first;
    private readonly Action<ClosedChain> _ended;
    private readonly IDisposable _watch;
    private readonly Lock _gate = new();
    private RunId _run;
    private ClosedChain _end = ClosedChain.Gone;
    private bool _isLooking;
    private bool _lookAgain;
    private volatile bool _isOver;

    /// <param name="ended">Called once, on an unspecified thread; must not block.</param>
    public ChainWatch(
        Persistent executions, RunClosings closings, WorkflowKey workflow, RunId first, Action<ClosedChain> ended)
    {
        _executions = executions;
        _workflow = workflow;
        _first = first;
        _run = first;
        _ended = ended;

        // First listen, then look: an end between the two is not missed.
        _watch = closings.Watch(workflow, Look);
        Look();
    }

    public bool IsOver => _isOver;

    public void Dispose()
    {
        _isOver = true;
        _watch.Dispose();
    }

    private void Look()
    {
        lock (_gate)
        {
            if (_isOver)
            {
                return;
            }

            if (_isLooking)
            {
                _lookAgain = true;
                return;
            }

            _isLooking = true;
        }

        Look(_run);
    }

    private void Look(RunId? run) => _executions.Submit(
        () => new Inspect(_workflow, run, static state => state), outcome => Seen(run, outcome));

    private void Seen(RunId? run, Outcome outcome)
    {
        if (outcome.Reply is not RunState state)
        {
            if (outcome.Rejection?.Code == StatusCode.NotFound)
            {
                End(_end);
            }

            return;
        }

        if (run is null)
        {
            // The latest run of the id: of this chain when the last one was reset.
            if (state.IsRunning && state.Started.FirstExecutionRunId == _first.ToString())
            {
                WaitFor(state.Key.Run);
            }
            else
            {
                End(_end);
            }

            return;
        }

        _run = run.Value;
        if (state.IsRunning)
        {
            WaitFor(_run);
        }
        else if (RunId.TryParse(ChainEnd.SuccessorOf(state.CloseEvent!), out var successor))
        {
            Look(successor);
        }
        else
        {
            _end = ChainEnd.Of(state);
            Look(null);
        }
    }

    private void WaitFor(RunId run)
    {
        lock (_gate)
        {
            _run = run;
            _isLooking = false;
            if (!_lookAgain)
            {
                return;
            }

            _lookAgain = false;
        }

        Look();
    }

    private void End(ClosedChain closed)
    {
        lock (_gate)
        {
            if (_isOver)
            {
                return;
            }

            _isOver = true;
        }

        _watch.Dispose();
        _ended(closed);
    }
}
