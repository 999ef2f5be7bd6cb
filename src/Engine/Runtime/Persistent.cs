using System.Collections.Concurrent;
using AugmentedOS.Engine.Executions.Inputs;
using Grpc.Core;

namespace AugmentedOS.Engine.Runtime;

/// <summary>Submits inputs and keeps at it while the engine cannot take them right now. Thread-safe.</summary>
internal sealed class Persistent(IExecutions executions, TimeProvider time) : IDisposable
{
    private const int MaxDoublings = 8;
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(10);
    private readonly ConcurrentDictionary<ITimer, bool> _pauses = new();
    private volatile bool _isStopped;

    /// <param name="settled">Called once with an answer or a refusal that will stay; never after <see cref="Dispose"/>.
    /// </param>
    public void Submit(Func<Input> input, Action<Outcome> settled) => Submit(input, settled, failures: 0);

    /// <summary>Does something after a pause.</summary>
    public void Later(Action action) => Later(FirstPause, action);

    /// <summary>Does something after a pause of a given length; never after <see cref="Dispose"/>.</summary>
    public void Later(TimeSpan pause, Action action)
    {
        ITimer? timer = null;
        timer = time.CreateTimer(
            _ =>
            {
                _pauses.TryRemove(timer!, out var _);
                timer!.Dispose();
                action();
            },
            null,
            Timeout.InfiniteTimeSpan,
            Timeout.InfiniteTimeSpan);
        _pauses[timer] = true;
        timer.Change(pause, Timeout.InfiniteTimeSpan);
        if (_isStopped)
        {
            timer.Dispose();
        }
    }

    /// <summary>Tries nothing again from now on.</summary>
    public void Dispose()
    {
        _isStopped = true;
        foreach (var timer in _pauses.Keys)
        {
            timer.Dispose();
        }
    }

    /// <summary>Whether the same input may well be taken a little later.</summary>
    public static bool IsPassing(Outcome outcome) => outcome.Rejection?.Code is
        StatusCode.Unavailable or StatusCode.ResourceExhausted or StatusCode.Aborted or StatusCode.DeadlineExceeded;

    private void Submit(Func<Input> input, Action<Outcome> settled, int failures)
    {
        if (_isStopped)
        {
            return;
        }

        executions.Submit(input(), outcome =>
        {
            if (IsPassing(outcome))
            {
                After(failures, () => Submit(input, settled, failures + 1));
            }
            else
            {
                settled(outcome);
            }
        });
    }

    private void After(int failures, Action action)
    {
        var pause = FirstPause * Math.Pow(2, Math.Min(failures, MaxDoublings));
        Later(pause < LongestPause ? pause : LongestPause, action);
    }
}
