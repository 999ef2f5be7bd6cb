using System.Reflection;
using Temporalio.Exceptions;
using Xunit;

namespace AugmentedOS.Testing.Activities;

/// <summary>What an activity does in a test, and how it was called. Made by <c>test.Activity(...)</c>.</summary>
/// <typeparam name="TResult">What the activity returns; <see cref="ValueTuple"/> when nothing.</typeparam>
/// <remarks>
/// <para>Answers are used in the order in which they are given: <c>Fails(times: 2).Returns("receipt")</c>. Each attempt
/// is a call. One that is given for good, such as <c>Returns</c>, ends the list. After the last the registered activity
/// runs, if there is one.</para>
/// <para>Safe to change while workflows run.</para>
/// </remarks>
public sealed class ActivityFake<TResult> : IActivityFake
{
    private readonly Lock _gate = new();
    private readonly List<ActivityAnswer> _answers = [];
    private readonly string _name;
    private readonly MethodInfo? _method;
    private readonly Func<IReadOnlyList<ActivityCall>> _calls;
    private int _answer;
    private int _usesOfAnswer;
    private TimeSpan _takes;

    internal ActivityFake(string name, MethodInfo? method, Func<IReadOnlyList<ActivityCall>> calls)
    {
        _name = name;
        _method = method;
        _calls = calls;
    }

    /// <summary>All calls so far, real and faked, oldest first. Each attempt is one.</summary>
    public IReadOnlyList<ActivityCall> Calls => _calls();

    MethodInfo? IActivityFake.Method => _method;

    /// <summary>Returns these, one a call, and the last of them for good.</summary>
    public ActivityFake<TResult> Returns(params IReadOnlyList<TResult> results)
    {
        ArgumentNullException.ThrowIfNull(results);
        if (results.Count == 0)
        {
            throw new WorkflowTestException($"Say what activity '{_name}' returns, or that it Completes().");
        }

        for (var index = 0; index < results.Count; index++)
        {
            var result = results[index];
            Add(new($"returns {result}", index == results.Count - 1 ? null : 1, _ => Task.FromResult<object?>(result)));
        }

        return this;
    }

    /// <summary>Returns what a function says of each call.</summary>
    public ActivityFake<TResult> Returns(Func<ActivityCall, TResult> answer)
    {
        ArgumentNullException.ThrowIfNull(answer);
        return Add(new("returns what a function says", null, call => Task.FromResult<object?>(answer(call.Call))));
    }

    /// <summary>Returns what an asynchronous function says of each call.</summary>
    public ActivityFake<TResult> Returns(Func<ActivityCall, Task<TResult>> answer)
    {
        ArgumentNullException.ThrowIfNull(answer);
        return Add(new(
            "returns what a function says", null, async call => await answer(call.Call).ConfigureAwait(false)));
    }

    /// <summary>Does nothing; returns the default of its type, if any.</summary>
    public ActivityFake<TResult> Completes() =>
        Add(new("completes", null, _ => Task.FromResult<object?>(default(TResult))));

    /// <summary>Throws.</summary>
    /// <param name="failure">As the activity would throw it: an <see cref="ApplicationFailureException"/> may be
    /// non-retryable.</param>
    /// <param name="times">For how many calls; for good when left out.</param>
    public ActivityFake<TResult> Throws(Exception failure, int? times = null)
    {
        ArgumentNullException.ThrowIfNull(failure);
        return Add(new($"throws {failure.GetType().Name}", times, _ => throw failure));
    }

    /// <summary>Fails with something that is worth a retry.</summary>
    /// <param name="times">For how many calls.</param>
    /// <param name="message">What the failure says.</param>
    public ActivityFake<TResult> Fails(int times, string? message = null) => Add(new("fails", times, call =>
        throw new ApplicationFailureException(
            message ?? $"Activity '{_name}' fails at attempt {call.Call.Attempt}, as the test wants.", "TestFault")));

    /// <summary>Hangs until one of its timeouts is over: it neither ends nor heartbeats. Time is skipped to
    /// there.</summary>
    /// <param name="times">For how many calls; for good when left out.</param>
    public ActivityFake<TResult> TimesOut(int? times = null) => Add(new("times out", times, async call =>
    {
        await call.Attempt.HangUntilTimedOutAsync().ConfigureAwait(false);
        return null;
    }));

    /// <summary>Heartbeats, and hangs until it is cancelled; then it ends as cancelled.</summary>
    /// <param name="times">For how many calls; for good when left out.</param>
    /// <remarks>It hears of the cancellation within half its heartbeat timeout or, without one, a fraction of its other
    /// timeouts, in the engine's time.</remarks>
    public ActivityFake<TResult> HangsUntilCancelled(int? times = null) =>
        Add(new("hangs until cancelled", times, async call =>
        {
            await call.Attempt.HangUntilCancelledAsync().ConfigureAwait(false);
            return null;
        }));

    /// <summary>Runs the activity that the worker has registered.</summary>
    /// <param name="times">For how many calls; for good when left out.</param>
    public ActivityFake<TResult> Runs(int? times = null) => Add(new("runs", times, call => call.Real is { } real
        ? real()
        : throw new WorkflowTestException(
            $"Activity '{_name}' shall run, but the worker has none of that name. Add it with AddAllActivities.")));

    /// <summary>Every call takes this long first, in the engine's time.</summary>
    public ActivityFake<TResult> Takes(TimeSpan time)
    {
        _takes = time;
        return this;
    }

    /// <summary>Asserts that it was called.</summary>
    /// <param name="times">How often exactly, attempts counted; at least once when left out.</param>
    public ActivityFake<TResult> WasCalled(int? times = null)
    {
        var calls = Calls;
        if (times is { } expected ? calls.Count != expected : calls.Count == 0)
        {
            var wanted = times is null ? "at least once" : $"{times} times";
            Assert.Fail($"Expected activity '{_name}' to be called {wanted}, but it was called {calls.Count} times."
                + string.Concat(calls.Select(call => $"\n  {call}")));
        }

        return this;
    }

    /// <summary>Asserts that it was never called.</summary>
    public ActivityFake<TResult> WasNotCalled() => WasCalled(times: 0);

    /// <summary>What it says it does.</summary>
    public override string ToString()
    {
        lock (_gate)
        {
            return _answers.Count == 0 ? _name : $"{_name} ({string.Join(", then ", _answers)})";
        }
    }

    async Task<object?> IActivityFake.AnswerAsync(AnsweredCall call)
    {
        if (Next() is not { } answer)
        {
            return call.Real is { } real
                ? await real().ConfigureAwait(false)
                : throw new UnansweredCallException();
        }

        if (_takes > TimeSpan.Zero)
        {
            await call.Attempt.PassAsync(_takes).ConfigureAwait(false);
        }

        return await answer.DoAsync(call).ConfigureAwait(false);
    }

    private ActivityAnswer? Next()
    {
        lock (_gate)
        {
            while (_answer < _answers.Count)
            {
                var answer = _answers[_answer];
                if (answer.Times is not { } times || _usesOfAnswer < times)
                {
                    _usesOfAnswer++;
                    return answer;
                }

                _answer++;
                _usesOfAnswer = 0;
            }

            return null;
        }
    }

    private ActivityFake<TResult> Add(ActivityAnswer answer)
    {
        lock (_gate)
        {
            if (_answers.Count > 0 && _answers[^1].Times is null)
            {
                // A test that says something new of an activity means from now on.
                _answers.Clear();
                _answer = 0;
                _usesOfAnswer = 0;
            }

            _answers.Add(answer);
            return this;
        }
    }
}
