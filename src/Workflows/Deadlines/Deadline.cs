using AugmentedOS.Workflows.Misuse;
using Temporalio.Exceptions;
using Temporalio.Workflows;

namespace AugmentedOS.Workflows.Deadlines;

/// <summary>A time budget for work inside a workflow, with steps on the way: warn at half of it, escalate when it is
/// used up, abort some time later.</summary>
/// <remarks>
/// <code>
/// var deadline = Deadline.After(TimeSpan.FromHours(8))
///     .At(0.5, "warn", token => Mail("half of the time is gone", token))
///     .At(1.0, "escalate", token => Page("it is late", token))
///     .AbortAt(1.2);
/// await deadline.RunAsync(token => WorkAsync(token));
/// </code>
/// Steps run beside the work and beside each other; each is reached once. A step whose action fails does not stop the
/// work: its failure is recorded (<see cref="DeadlineStepRecord.Failure"/>) and logged. For workflow code only.
/// </remarks>
public sealed class Deadline
{
    /// <summary>The name of the abort among the steps that were reached.</summary>
    public const string AbortStep = "abort";

    private readonly List<DeadlineStep> _steps = [];
    private readonly List<DeadlineStepRecord> _passed = [];
    private readonly List<Task> _actions = [];
    private TimeSpan _budget;
    private DateTime? _startedAt;
    private DeadlineStatus? _aborted;
    private int _extensions;

    private Deadline(TimeSpan budget) => _budget = budget;

    /// <summary>The budget's end counted from <see cref="RunAsync{T}"/> on (UTC); null before.</summary>
    public DateTime? DueAt => _startedAt + _budget;

    /// <summary>What is left of the budget: all of it before the work began, zero when it is late.</summary>
    public TimeSpan Remaining => _startedAt is null ? _budget : Status.Remaining;

    /// <summary>Where it is now.</summary>
    public DeadlineStatus Status => new(
        _startedAt ?? Workflow.UtcNow,
        _budget,
        _startedAt is { } start ? Workflow.UtcNow - start : TimeSpan.Zero,
        _steps.Find(step => step.Action is null) is { } abort ? TimeOf(abort) : null,
        [.. _passed]);

    /// <summary>A deadline that begins when its work does.</summary>
    /// <param name="budget">More than zero.</param>
    public static Deadline After(TimeSpan budget)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(budget, TimeSpan.Zero);
        return new(budget);
    }

    /// <summary>Adds a step.</summary>
    /// <param name="share">The share of the budget: 0.5 for half, 1 for all, 1.2 for a fifth more. More than
    /// zero.</param>
    /// <param name="name">Unique in this deadline.</param>
    /// <param name="action">What to do; its token is cancelled when the work ends before it does.</param>
    /// <exception cref="ArgumentException">There is a step of this name.</exception>
    /// <exception cref="InvalidOperationException">The work has begun.</exception>
    public Deadline At(double share, string name, Func<CancellationToken, Task> action)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(action);
        return Add(new(share, name, action));
    }

    /// <summary>Cancels the work at this share of the budget. Without it the deadline warns and never ends
    /// anything.</summary>
    /// <exception cref="ArgumentException">There is an abort already.</exception>
    /// <exception cref="InvalidOperationException">The work has begun.</exception>
    public Deadline AbortAt(double share = 1) => Add(new(share, AbortStep, null));

    /// <summary>Gives the work more time. All steps that were not reached move; those that were stay reached.</summary>
    /// <param name="by">More than zero.</param>
    /// <returns>False when the work was aborted already.</returns>
    public bool Extend(TimeSpan by)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(by, TimeSpan.Zero);
        if (_aborted is not null)
        {
            return false;
        }

        _budget += by;
        _extensions++;
        return true;
    }

    /// <summary>Runs the work under the deadline.</summary>
    /// <param name="work">Takes the token that the abort cancels, and gives it to activities, timers and
    /// children.</param>
    /// <param name="cancellationToken">Cancels the work from outside; the workflow's own when null.</param>
    /// <exception cref="DeadlineExceededException">The work was aborted. Work that still ends well after the abort's
    /// cancellation has its result taken: what is done is done.</exception>
    /// <exception cref="InvalidOperationException">Not inside a workflow, or run before.</exception>
    public async Task<T> RunAsync<T>(Func<CancellationToken, Task<T>> work, CancellationToken? cancellationToken = null)
    {
        ArgumentNullException.ThrowIfNull(work);
        InWorkflow.Require("Deadline.RunAsync");
        RequireNew("A deadline runs one piece of work: make a new one for the next.");
        _startedAt = Workflow.UtcNow;
        var outside = cancellationToken ?? Workflow.CancellationToken;
        using var scope = CancellationTokenSource.CreateLinkedTokenSource(outside);
        using var watch = CancellationTokenSource.CreateLinkedTokenSource(outside);
        var working = work(scope.Token);
        var watching = WatchAsync(scope, watch.Token);
        try
        {
            if (await Workflow.WhenAnyAsync(working, watching) == watching && watching.IsFaulted)
            {
                scope.Cancel();
                await watching;
            }

            return await working;
        }
        catch (Exception exception) when (_aborted is not null && TemporalException.IsCanceledException(exception))
        {
            throw new DeadlineExceededException(_aborted, exception);
        }
        finally
        {
            watch.Cancel();
            await Workflow.WhenAllAsync(_actions);
        }
    }

    /// <inheritdoc cref="RunAsync{T}"/>
    public Task RunAsync(Func<CancellationToken, Task> work, CancellationToken? cancellationToken = null)
    {
        ArgumentNullException.ThrowIfNull(work);
        return RunAsync(
            async token =>
            {
                await work(token);
                return true;
            },
            cancellationToken);
    }

    private Deadline Add(DeadlineStep step)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(step.Share, 0);
        RequireNew("The work has begun: add all steps before RunAsync.");
        if (_steps.Exists(known => known.Name == step.Name))
        {
            throw new ArgumentException(
                $"The deadline has a step \"{step.Name}\" already: name each step differently.", nameof(step));
        }

        _steps.Add(step);
        return this;
    }

    private void RequireNew(string otherwise)
    {
        if (_startedAt is not null)
        {
            throw new InvalidOperationException(otherwise);
        }
    }

    private DateTime? TimeOf(DeadlineStep step) => _startedAt + (_budget * step.Share);

    /// <summary>Reaches one step after the other. A timer is set anew only for the next step and when the budget
    /// changes.</summary>
    private async Task WatchAsync(CancellationTokenSource scope, CancellationToken stop)
    {
        while (Next() is { } step)
        {
            var extensions = _extensions;
            var wait = TimeOf(step)!.Value - Workflow.UtcNow;
            if (wait > TimeSpan.Zero)
            {
                await Workflow.WaitConditionAsync(() => _extensions != extensions, wait, stop);
                continue;
            }

            _passed.Add(new(step.Name, step.Share, Workflow.UtcNow, null));
            if (step.Action is null)
            {
                _aborted = Status;
                scope.Cancel();
                return;
            }

            _actions.Add(ActAsync(step, stop));
        }
    }

    private DeadlineStep? Next() => _steps
        .Where(step => !_passed.Exists(passed => passed.Name == step.Name))
        .MinBy(step => step.Share);

    private async Task ActAsync(DeadlineStep step, CancellationToken stop)
    {
        try
        {
            await step.Action!(stop);
        }
        catch (Exception exception) when (exception is FailureException or OperationCanceledException)
        {
            var index = _passed.FindIndex(passed => passed.Name == step.Name);
            var reason = stop.IsCancellationRequested && TemporalException.IsCanceledException(exception)
                ? "the work ended first"
                : (exception.InnerException ?? exception).Message;
            _passed[index] = _passed[index] with { Failure = reason };
            DeadlineLog.StepFailed(Workflow.Logger, step.Name, reason, exception);
        }
    }
}
