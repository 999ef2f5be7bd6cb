using Temporalio.Workflows;

namespace AugmentedOS.Workflows.Sagas;

/// <summary>What a compensation gets to know, and options for what it calls: they are not cancelled with the workflow,
/// so that a cancelled workflow still undoes its work.</summary>
public sealed class Compensation
{
    private readonly ActivityOptions _activity;

    internal Compensation(string name, Exception? cause, ActivityOptions activity)
    {
        Name = name;
        Cause = cause;
        _activity = activity;
    }

    /// <summary>The name that it was registered by.</summary>
    public string Name { get; }

    /// <summary>Why the work is undone; null when <see cref="Saga.CompensateAsync"/> was called without a
    /// cause.</summary>
    public Exception? Cause { get; }

    /// <summary>Not cancelled with the workflow. For timers, conditions and whatever else takes a token; without it
    /// they end at once in a cancelled workflow.</summary>
    public CancellationToken CancellationToken { get; } = CancellationToken.None;

    /// <summary>Options for an activity: a copy of <see cref="SagaOptions.Activity"/> or of the given ones, out of the
    /// workflow's cancellation.</summary>
    public ActivityOptions Activity(ActivityOptions? options = null)
    {
        var copy = (ActivityOptions)(options ?? _activity).Clone();
        copy.CancellationToken = CancellationToken;
        copy.Summary ??= $"undo: {Name}";
        return copy;
    }

    /// <summary>Options for a child workflow, out of the workflow's cancellation.</summary>
    public ChildWorkflowOptions Child(ChildWorkflowOptions? options = null)
    {
        var copy = options is null ? new ChildWorkflowOptions() : (ChildWorkflowOptions)options.Clone();
        copy.CancellationToken = CancellationToken;
        return copy;
    }
}
