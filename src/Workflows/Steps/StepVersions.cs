using Temporalio.Workflows;

namespace AugmentedOS.Workflows.Steps;

/// <summary>All versions of one step that open workflows may still need, oldest first.</summary>
/// <remarks>Version 1 is what the first release had, and version 0 is "there was no such step then". Every further
/// version is a patch of its own (<c>aos.step/NAME/VERSION</c>), so that a run goes on with the version that its
/// history has.</remarks>
public sealed class StepVersions
{
    private readonly string _name;
    private readonly List<(int Number, Func<Task>? Action)> _versions = [];
    private bool _isOldestPatched;

    internal StepVersions(string name) => _name = name;

    /// <summary>The step as it was in the first release: version 1.</summary>
    public StepVersions Original(Func<Task> action)
    {
        ArgumentNullException.ThrowIfNull(action);
        return First(1, action, isPatched: false);
    }

    /// <summary>A step that the first release did not have. Runs that have passed its place skip it.</summary>
    /// <param name="version">At least 1.</param>
    /// <param name="action">What it does.</param>
    public StepVersions Added(int version, Func<Task> action)
    {
        ArgumentNullException.ThrowIfNull(action);
        return First(0, null, isPatched: false).Next(version, action);
    }

    /// <summary>The oldest version that is left, when no open or kept workflow needs an older one any more.</summary>
    /// <param name="version">At least 1: a version that was <see cref="Added"/> or <see cref="Changed"/>
    /// before.</param>
    /// <param name="action">What it does.</param>
    public StepVersions Since(int version, Func<Task> action)
    {
        ArgumentNullException.ThrowIfNull(action);
        ArgumentOutOfRangeException.ThrowIfLessThan(version, 1);
        return First(version, action, isPatched: true);
    }

    /// <summary>A later version with another action.</summary>
    /// <param name="version">Higher than all before.</param>
    /// <param name="action">What it does from now on.</param>
    public StepVersions Changed(int version, Func<Task> action)
    {
        ArgumentNullException.ThrowIfNull(action);
        return Next(version, action);
    }

    /// <summary>Runs that reach its place from now on skip it; those that took it keep it.</summary>
    /// <param name="version">Higher than all before.</param>
    public StepVersions Removed(int version) => Next(version, null);

    internal void RequireComplete()
    {
        if (_versions.Count == 0)
        {
            throw new ArgumentException(
                $"Step \"{_name}\" has no version: say Original, Added or Since.", nameof(StepVersions));
        }
    }

    /// <summary>The version that this run takes: the newest when it gets here for the first time, on replay the one in
    /// its history.
    /// </summary>
    internal (int Number, Func<Task>? Action) Resolve()
    {
        for (var i = _versions.Count - 1; i > 0; i--)
        {
            if (Workflow.Patched(PatchOf(_versions[i].Number)))
            {
                return _versions[i];
            }
        }

        if (_isOldestPatched)
        {
            Workflow.DeprecatePatch(PatchOf(_versions[0].Number));
        }

        return _versions[0];
    }

    private StepVersions First(int version, Func<Task>? action, bool isPatched)
    {
        if (_versions.Count > 0)
        {
            throw new ArgumentException(
                $"Step \"{_name}\" has a first version already: Original, Added and Since say what was first, and "
                + "only one of them can.",
                nameof(version));
        }

        _isOldestPatched = isPatched;
        _versions.Add((version, action));
        return this;
    }

    private StepVersions Next(int version, Func<Task>? action)
    {
        RequireComplete();
        if (version <= _versions[^1].Number)
        {
            throw new ArgumentException(
                $"Version {version} of step \"{_name}\" does not follow version {_versions[^1].Number}: versions only "
                    + "rise, and a number is never used again.",
                nameof(version));
        }

        _versions.Add((version, action));
        return this;
    }

    private string PatchOf(int version) => $"aos.step/{_name}/{version}";
}
