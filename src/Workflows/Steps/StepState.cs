namespace AugmentedOS.Workflows.Steps;

/// <summary>Where one step of a run is.</summary>
public enum StepState
{
    /// <summary>Not reached.</summary>
    Pending,

    /// <summary>Under way.</summary>
    Running,

    /// <summary>Done.</summary>
    Done,

    /// <summary>Not in this run: it was added after the run had passed its place, or removed before the run reached
    /// it.</summary>
    Skipped,

    /// <summary>It threw, or was cancelled.</summary>
    Failed,
}
