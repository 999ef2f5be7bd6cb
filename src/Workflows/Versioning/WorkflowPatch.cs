using Temporalio.Workflows;

namespace AugmentedOS.Workflows.Versioning;

/// <summary>A change of workflow code that runs which began before it must not see. Declared once, as a static field of
/// the workflow, so that what is still open on it can be found (<see cref="PatchRegistry"/>) and its branches be
/// counted when histories are replayed.</summary>
/// <remarks>
/// Immutable, and safe in workflows: it is Temporal's patching (<see cref="Workflow.Patched(string)"/>,
/// <see cref="Workflow.DeprecatePatch(string)"/>) under a name, and records what they record. Its life:
/// <see cref="IsApplied"/> with both branches; <see cref="Deprecate"/> with the new one alone, once no open run is from
/// before; then it is removed, once no open run has its mark undeprecated.
/// </remarks>
public sealed class WorkflowPatch
{
    /// <summary>Declares a patch.</summary>
    /// <param name="id">What histories name it by: never changed, never used again for another change.</param>
    /// <param name="what">What it changes, for people.</param>
    /// <param name="workflows">The workflow classes whose code asks for it; none when it is declared in its
    /// workflow.</param>
    /// <exception cref="ArgumentException">The id or the description is empty.</exception>
    public WorkflowPatch(string id, string what, params Type[] workflows)
    {
        if (string.IsNullOrWhiteSpace(id))
        {
            throw new ArgumentException(
                "A workflow patch needs an id that histories can name it by, such as \"checks-fraud\".", nameof(id));
        }

        if (string.IsNullOrWhiteSpace(what))
        {
            throw new ArgumentException(
                $"The workflow patch '{id}' needs a line that says what it changes: whoever removes it will read it.",
                nameof(what));
        }

        ArgumentNullException.ThrowIfNull(workflows);
        (Id, What, Workflows) = (id, what, [.. workflows]);
    }

    /// <summary>What histories name it by.</summary>
    public string Id { get; }

    /// <summary>What it changes, for people.</summary>
    public string What { get; }

    /// <summary>The workflow classes whose code asks for it, where they were named.</summary>
    public IReadOnlyList<Type> Workflows { get; }

    /// <summary>Since when no worker has run the code from before it; null when that is not known. A run that started
    /// later and does not have the patch has not come to it yet, and so does not hold it up.</summary>
    public DateTimeOffset? DeployedAt { get; init; }

    /// <summary>Whether this run takes the new branch. The answer stays the same for the whole run; the first one that
    /// says yes is recorded in its history.</summary>
    /// <exception cref="InvalidOperationException">Not called by workflow code.</exception>
    public bool IsApplied()
    {
        RequireWorkflow();
        var applied = Workflow.Patched(Id);
        PatchDecisions.Tell(Id, applied);
        return applied;
    }

    /// <summary>Where <see cref="IsApplied"/> was asked for, once the old branch is gone: lets histories that have the
    /// patch be replayed, until the last of them has ended.</summary>
    /// <exception cref="InvalidOperationException">Not called by workflow code.</exception>
    public void Deprecate()
    {
        RequireWorkflow();
        Workflow.DeprecatePatch(Id);
        PatchDecisions.Tell(Id, applied: null);
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Id}: {What}";

    private void RequireWorkflow()
    {
        if (!Workflow.InWorkflow)
        {
            throw new InvalidOperationException(
                $"The workflow patch '{Id}' was asked for outside workflow code. Ask for it in the workflow's run "
                + "method or in what that calls; what activities do may change without a patch.");
        }
    }
}
