namespace AugmentedOS.Engine.Clocks;

/// <summary>Work that is in a worker's hands or waits for one.</summary>
/// <param name="Tasks">Workflow tasks, Nexus tasks and queries that a worker has.</param>
/// <param name="Attempts">Attempts of activities that a worker has.</param>
/// <param name="Waiting">Tasks of any kind that wait for a worker.</param>
internal readonly record struct HeldWork(int Tasks, int Attempts, int Waiting)
{
    public static HeldWork operator +(HeldWork left, HeldWork right) =>
        new(left.Tasks + right.Tasks, left.Attempts + right.Attempts, left.Waiting + right.Waiting);

    public static HeldWork operator -(HeldWork left, HeldWork right) =>
        new(left.Tasks - right.Tasks, left.Attempts - right.Attempts, left.Waiting - right.Waiting);
}
