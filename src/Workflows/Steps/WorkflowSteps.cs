using AugmentedOS.Workflows.Misuse;
using Temporalio.Workflows;

namespace AugmentedOS.Workflows.Steps;

/// <summary>A workflow as a list of named steps, each with its versions, so that steps can be changed, added and
/// removed while workflows are open. For workflow code only.</summary>
/// <remarks>
/// <code>
/// private readonly WorkflowSteps _steps = new();
///
/// await _steps
///     .Step("reserve", ReserveAsync)
///     .Step("check", step => step.Added(1, CheckAsync))
///     .Step("charge", step => step.Original(ChargeAsync).Changed(2, ChargeByTokenAsync))
///     .Step("wrap", step => step.Original(WrapAsync).Removed(2))
///     .RunAsync();
/// </code>
/// A run decides for a version of a step when it reaches it, and remembers that in its history
/// (<see cref="Workflow.Patched(string)"/>): it takes the newest version of what it has not reached yet. The query
/// <see cref="QueryName"/> says where it is.
/// </remarks>
public sealed class WorkflowSteps
{
    /// <summary>The query that answers with <see cref="Progress"/>.</summary>
    public const string QueryName = "aos.steps";

    private readonly List<StepVersions> _steps = [];
    private readonly List<StepProgress> _progress = [];
    private bool _hasRun;

    /// <summary>Offers the query.</summary>
    /// <exception cref="InvalidOperationException">Not inside a workflow, or the workflow has such a list
    /// already.</exception>
    public WorkflowSteps()
    {
        InWorkflow.Require("WorkflowSteps");
        if (!Workflow.Queries.TryAdd(
            QueryName, WorkflowQueryDefinition.CreateWithoutAttribute(QueryName, () => Progress)))
        {
            throw new InvalidOperationException(
                "The workflow has a list of steps already: one list a workflow, one query.");
        }
    }

    /// <summary>Each step in its order, and where it is.</summary>
    public IReadOnlyList<StepProgress> Progress => [.. _progress];

    /// <summary>Adds a step that is as it was in the first release.</summary>
    /// <exception cref="ArgumentException">There is a step of this name.</exception>
    public WorkflowSteps Step(string name, Func<Task> action) => Step(name, step => step.Original(action));

    /// <summary>Adds a step with its versions.</summary>
    /// <param name="name">Unique in the list, and never changed: it is how a run knows its steps again.</param>
    /// <param name="versions">Says them, oldest first.</param>
    /// <exception cref="ArgumentException">There is a step of this name, or its versions make no sense.</exception>
    public WorkflowSteps Step(string name, Action<StepVersions> versions)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(versions);
        if (_progress.Exists(known => known.Name == name))
        {
            throw new ArgumentException(
                $"There is a step \"{name}\" already: each step needs a name of its own, since its versions are kept "
                + "under it.",
                nameof(name));
        }

        var step = new StepVersions(name);
        versions(step);
        step.RequireComplete();
        _steps.Add(step);
        _progress.Add(new(name, StepState.Pending));
        return this;
    }

    /// <summary>Runs the steps one after the other; the first that fails ends it.</summary>
    /// <exception cref="InvalidOperationException">It has run before.</exception>
    public async Task RunAsync()
    {
        if (_hasRun)
        {
            throw new InvalidOperationException("The steps have run already: a list runs once in a run of a workflow.");
        }

        _hasRun = true;
        for (var i = 0; i < _steps.Count; i++)
        {
            await RunAsync(i);
        }
    }

    private async Task RunAsync(int index)
    {
        var (version, action) = _steps[index].Resolve();
        if (action is null)
        {
            _progress[index] = _progress[index] with { State = StepState.Skipped, Version = version };
            return;
        }

        _progress[index] = _progress[index] with
        {
            State = StepState.Running,
            Version = version,
            StartedAt = Workflow.UtcNow,
        };
        var end = StepState.Failed;
        try
        {
            await action();
            end = StepState.Done;
        }
        finally
        {
            _progress[index] = _progress[index] with { State = end, EndedAt = Workflow.UtcNow };
        }
    }
}
