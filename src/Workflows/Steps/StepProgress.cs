namespace AugmentedOS.Workflows.Steps;

/// <summary>Where one step of a run is, and which version of it the run took.</summary>
/// <param name="Name">The step's name.</param>
/// <param name="State">Where it is.</param>
/// <param name="Version">The version that was taken; null while it is pending, 0 when it was taken as absent.</param>
/// <param name="StartedAt">When it began (UTC), in the workflow's time.</param>
/// <param name="EndedAt">When it ended (UTC), in the workflow's time.</param>
public sealed record StepProgress(
    string Name, StepState State, int? Version = null, DateTime? StartedAt = null, DateTime? EndedAt = null);
