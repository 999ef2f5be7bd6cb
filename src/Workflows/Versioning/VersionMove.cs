using System.Linq.Expressions;
using Temporalio.Workflows;

namespace AugmentedOS.Workflows.Versioning;

/// <summary>Lets a long workflow go on as a new run on the version that is deployed now, at a place that it chooses
/// itself. Held in a field of the workflow; replay-safe.</summary>
/// <remarks>
/// A move is due when the deployment's target has changed under a pinned run, or when somebody asked for it
/// (<see cref="InFlightRuns.AskToMoveAsync"/>). The workflow waits for that beside what it waits for anyway, and then
/// throws <see cref="To{TWorkflow}(Expression{Func{TWorkflow, Task}}, ContinueAsNewOptions)"/> with its state.
/// </remarks>
public sealed class VersionMove
{
    /// <summary>The signal that asks for a move.</summary>
    public const string SignalName = "aos-move-to-new-version";

    private bool _isAsked;

    /// <summary>Takes the signal from here on.</summary>
    /// <exception cref="InvalidOperationException">Not made by workflow code.</exception>
    public VersionMove()
    {
        if (!Workflow.InWorkflow)
        {
            throw new InvalidOperationException(
                "A VersionMove belongs to a workflow's run: make it in a field of the workflow, or in its "
                + "constructor.");
        }

        Workflow.Signals[SignalName] = WorkflowSignalDefinition.CreateWithoutAttribute(
            SignalName, AskAsync, description: "Goes on as a new run on the version that is deployed now.");
    }

    /// <summary>Whether the run is to move. To be read in workflow code, also in wait conditions.</summary>
    public bool IsDue => _isAsked || Workflow.TargetWorkerDeploymentVersionChanged;

    /// <summary>The next run, on the version that is deployed when it starts.</summary>
    /// <param name="run">The run method, with the state to go on from.</param>
    /// <param name="options">More about the next run; its versioning is set here.</param>
    /// <returns>What to throw.</returns>
    public static ContinueAsNewException To<TWorkflow>(
        Expression<Func<TWorkflow, Task>> run, ContinueAsNewOptions? options = null) =>
        Workflow.CreateContinueAsNewException(run, Moving(options));

    /// <inheritdoc cref="To{TWorkflow}(Expression{Func{TWorkflow, Task}}, ContinueAsNewOptions)"/>
    public static ContinueAsNewException To<TWorkflow, TResult>(
        Expression<Func<TWorkflow, Task<TResult>>> run, ContinueAsNewOptions? options = null) =>
        Workflow.CreateContinueAsNewException(run, Moving(options));

    private static ContinueAsNewOptions Moving(ContinueAsNewOptions? options)
    {
        var moving = options is null ? new ContinueAsNewOptions() : (ContinueAsNewOptions)options.Clone();
        // A workflow without worker versioning has no version to choose.
        moving.InitialVersioningBehavior = Workflow.CurrentDeploymentVersion is null
            ? moving.InitialVersioningBehavior
            : InitialVersioningBehavior.AutoUpgrade;
        return moving;
    }

    private Task AskAsync()
    {
        _isAsked = true;
        return Task.CompletedTask;
    }
}
