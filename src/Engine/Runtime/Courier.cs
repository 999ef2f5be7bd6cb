using System.Collections.Concurrent;

using AugmentedOS.Engine.Executions.Deliveries;
using AugmentedOS.Engine.Executions.Inputs;
using Grpc.Core;

namespace AugmentedOS.Engine.Runtime;

/// <summary>Carries what one run has to tell another, and the outcome back. Thread-safe.</summary>
/// <remarks>
/// It remembers nothing that state does not say: whatever is lost in a crash is derived again when the run is loaded,
/// and whatever arrives twice changes nothing. A target that cannot take an input right now gets it later, as long as
/// the source still means it: a workflow that closed in the meantime has nothing more to say.
/// </remarks>
internal sealed class Courier(IExecutions executions, TimeProvider time) : ICourier, IDisposable
{
    private const int MaxDoublings = 10;
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(10);
    private readonly ConcurrentDictionary<Pause, ITimer> _pauses = new();
    private volatile bool _isStopped;

    /// <summary>Sends it, and keeps at it until it has arrived or was refused for good.</summary>
    public void Send(Delivery delivery) => Deliver(delivery, failures: 0);

    /// <summary>Sends nothing more. What is under way is derived again when the engine next starts.</summary>
    public void Dispose()
    {
        _isStopped = true;
        foreach (var (pause, _) in _pauses)
        {
            End(pause);
        }
    }

    private void Deliver(Delivery delivery, int failures)
    {
        if (_isStopped)
        {
            return;
        }

        executions.Submit(delivery.ToInput(), outcome =>
        {
            if (IsPassing(outcome))
            {
                After(failures, () => DeliverIfDue(delivery, failures + 1));
            }
            else if (delivery.Onward(outcome) is { } onward)
            {
                Deliver(onward, failures: 0);
            }
            else if (delivery.OnOutcome(outcome) is { } report)
            {
                Report(report, failures: 0);
            }
        });
    }

    private void DeliverIfDue(Delivery delivery, int failures)
    {
        if (_isStopped)
        {
            return;
        }

        var source = delivery.Source;
        executions.Submit(new Inspect(source.Workflow, source.Run, state => delivery.IsDue(state)), outcome =>
        {
            if (IsPassing(outcome))
            {
                After(failures, () => DeliverIfDue(delivery, failures + 1));
            }
            else if (outcome.Reply is true)
            {
                Deliver(delivery, failures);
            }
        });
    }

    private void Report(Input report, int failures)
    {
        if (_isStopped)
        {
            return;
        }

        executions.Submit(report, outcome =>
        {
            if (IsPassing(outcome))
            {
                After(failures, () => Report(report, failures + 1));
            }
        });
    }

    /// <summary>Whether the same input may well be taken a little later.</summary>
    private static bool IsPassing(Outcome outcome) => outcome.Rejection?.Code is
        StatusCode.Unavailable or StatusCode.ResourceExhausted or StatusCode.Aborted or StatusCode.DeadlineExceeded;

    private void After(int failures, Action action)
    {
        var pause = new Pause(action);
        var timer = time.CreateTimer(
            _ => Resume(pause), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _pauses[pause] = timer;
        timer.Change(PauseAfter(failures), Timeout.InfiniteTimeSpan);
        if (_isStopped)
        {
            End(pause);
        }
    }

    private void Resume(Pause pause)
    {
        End(pause);
        pause.Action();
    }

    private void End(Pause pause)
    {
        if (_pauses.TryRemove(pause, out var timer))
        {
            timer.Dispose();
        }
    }

    private static TimeSpan PauseAfter(int failures)
    {
        var pause = FirstPause * Math.Pow(2, Math.Min(failures, MaxDoublings));
        return pause < LongestPause ? pause : LongestPause;
    }

    /// <summary>What waits for its time, by identity.</summary>
    private sealed class Pause(Action action)
    {
        public Action Action { get; } = action;
    }
}
