namespace AugmentedOS.Engine.TaskQueues;

/// <summary>Which worker version a task is for, as far as its run's state decides it. What the state leaves open, the
/// queue's routing decides at the moment of dispatch: a change of routing touches no run.</summary>
/// <param name="IsPinned">It goes to <paramref name="Version"/> and nowhere else.</param>
/// <param name="Version">The version that the run is on; null when it is on none.</param>
/// <param name="UsesRamping">It goes to the ramping version, whatever its percentage.</param>
internal readonly record struct TaskRoute(bool IsPinned, DeploymentVersion? Version, bool UsesRamping = false)
{
    /// <summary>Wherever the queue's routing says.</summary>
    public static TaskRoute Open => default;

    public static TaskRoute PinnedTo(DeploymentVersion version) => new(IsPinned: true, version);
}
