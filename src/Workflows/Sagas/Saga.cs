using AugmentedOS.Workflows.Misuse;
using Temporalio.Exceptions;
using Temporalio.Workflows;

namespace AugmentedOS.Workflows.Sagas;

/// <summary>Work in steps that is undone by compensations when a later step fails: registered as the work is done, run
/// when it fails or is cancelled, forgotten when it succeeds (Garcia-Molina and Salem, "Sagas", 1987).</summary>
/// <remarks>
/// For use inside one workflow run; its state is the workflow's own and is replayed with it. Register a compensation
/// before the step that it undoes, when that step can have happened although it failed (a time-out): the compensation
/// then has to do nothing where there is nothing to undo. Not thread-safe, as workflow code is not.
/// </remarks>
public sealed class Saga
{
    private readonly SagaOptions _options;
    private readonly List<(string Name, Func<Compensation, Task> UndoAsync)> _registered = [];
    private string? _end;

    /// <summary>A saga whose end is in the caller's hands; <see cref="RunAsync"/> does it all.</summary>
    /// <exception cref="ArgumentException">The options contradict each other.</exception>
    /// <exception cref="InvalidOperationException">The caller is no workflow.</exception>
    public Saga(SagaOptions? options = null)
    {
        InWorkflow.Require(nameof(Saga));
        _options = options ?? new();
        if (_options is { Order: CompensationOrder.Parallel, OnFailure: CompensationFailurePolicy.Stop })
        {
            throw new ArgumentException(
                "Compensations that run in parallel have all begun when one fails, so that there is none left to "
                    + "stop. Choose CompensationFailurePolicy.GoOn, or CompensationOrder.Reverse.",
                nameof(options));
        }
    }

    /// <summary>The names of the compensations that would run now, in the order of their registration.</summary>
    public IEnumerable<string> Registered => _registered.Select(compensation => compensation.Name);

    /// <summary>Does the work, and undoes it when it fails or the workflow is cancelled.</summary>
    /// <exception cref="SagaCompensationException">The work failed, and so did a compensation. When all succeed, the
    /// work's own exception is thrown, a cancellation too.</exception>
    public static Task RunAsync(Func<Saga, Task> work, SagaOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(work);
        return RunAsync<object?>(
            async saga =>
            {
                await work(saga);
                return null;
            },
            options);
    }

    /// <summary>Does the work and returns its result; undoes it when it fails or the workflow is cancelled.</summary>
    /// <exception cref="SagaCompensationException">The work failed, and so did a compensation. When all succeed, the
    /// work's own exception is thrown, a cancellation too.</exception>
    public static async Task<TResult> RunAsync<TResult>(Func<Saga, Task<TResult>> work, SagaOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(work);
        var saga = new Saga(options);
        try
        {
            var result = await work(saga);
            saga.Complete();
            return result;
        }
        catch (Exception exception) when (saga._end is null && saga._options.IsFailure(exception))
        {
            await saga.CompensateAsync(exception);
            throw;
        }
    }

    /// <summary>Registers what undoes a step.</summary>
    /// <param name="name">What it is called in failures and in history; no two of a saga may have the same.</param>
    /// <param name="undoAsync">Undoes the step. It has to call with the options of its argument
    /// (<see cref="Compensation.Activity"/>), or it is cancelled with the workflow; it may be repeated, so it has to be
    /// idempotent.</param>
    /// <exception cref="ArgumentException">The name is empty.</exception>
    /// <exception cref="InvalidOperationException">The name is taken, or the saga has ended.</exception>
    public void Compensate(string name, Func<Compensation, Task> undoAsync)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(undoAsync);
        RequireOpen($"The compensation '{name}' was registered");
        if (_registered.Exists(compensation => compensation.Name == name))
        {
            throw new InvalidOperationException(
                $"The compensation '{name}' is registered already, and would undo its step twice. Register it once, "
                    + $"or give each its own name where a step repeats, as in $\"{name} {{item.Id}}\".");
        }

        _registered.Add((name, undoAsync));
    }

    /// <summary>Ends the saga: there is nothing left to undo.</summary>
    /// <exception cref="InvalidOperationException">It has ended already.</exception>
    public void Complete()
    {
        RequireOpen("Complete was called");
        _end = "succeeded";
        _registered.Clear();
    }

    /// <summary>Undoes what was registered, although the workflow may be cancelled, and ends the saga.</summary>
    /// <param name="cause">Why; given to compensations, and the cause of a
    /// <see cref="SagaCompensationException"/>.</param>
    /// <exception cref="SagaCompensationException">At least one compensation failed for good.</exception>
    /// <exception cref="InvalidOperationException">It has ended already.</exception>
    public async Task CompensateAsync(Exception? cause = null)
    {
        RequireOpen("CompensateAsync was called");
        _end = "been undone";
        var waiting = Enumerable.Reverse(_registered).ToList();
        _registered.Clear();
        List<string> done = [];
        List<CompensationFailure> failed = [];
        if (_options.Order is CompensationOrder.Parallel)
        {
            await Workflow.WhenAllAsync(
                waiting.Select(each => UndoAsync(each.Name, each.UndoAsync, cause, done, failed)));
            waiting.Clear();
        }

        while (waiting.Count > 0 && (failed.Count == 0 || _options.OnFailure is CompensationFailurePolicy.GoOn))
        {
            var (name, undoAsync) = waiting[0];
            waiting.RemoveAt(0);
            await UndoAsync(name, undoAsync, cause, done, failed);
        }

        if (failed.Count > 0)
        {
            throw new SagaCompensationException(cause, new(done, failed, [.. waiting.Select(each => each.Name)]));
        }
    }

    private async Task UndoAsync(
        string name,
        Func<Compensation, Task> undoAsync,
        Exception? cause,
        List<string> done,
        List<CompensationFailure> failed)
    {
        try
        {
            await undoAsync(new(name, cause, _options.Activity));
            done.Add(name);
        }
        catch (Exception exception) when (TemporalException.IsCanceledException(exception))
        {
            failed.Add(new(name, Workflow.CancellationToken.IsCancellationRequested
                ? "it was cancelled with the workflow; give what it calls the options of its argument "
                    + "(undo.Activity(), undo.Child() or undo.CancellationToken)"
                : SagaCompensationException.Chain(exception)));
        }
        catch (Exception exception) when (_options.IsFailure(exception))
        {
            failed.Add(new(name, SagaCompensationException.Chain(exception)));
        }
    }

    private void RequireOpen(string what)
    {
        if (_end is not null)
        {
            throw new InvalidOperationException(
                $"{what} after the saga had {_end}. Do it before, within the work given to Saga.RunAsync, or begin "
                + "another saga.");
        }
    }
}
