namespace AugmentedOS.Engine.TaskQueues;

/// <summary>Tasks a second over the last half minute, for each priority. Guarded by its queue's lock.</summary>
internal sealed class PriorityRates(TimeSpan start)
{
    private const int Priorities = 5;
    private readonly RateWindow?[] _windows = new RateWindow?[Priorities];

    public void Count(in TaskReference task, TimeSpan now) =>
        (_windows[Backlog.PriorityOf(task) - 1] ??= new RateWindow(start)).Count(now);

    public double PerSecond(TimeSpan now)
    {
        var sum = 0.0;
        foreach (var window in _windows)
        {
            sum += window?.PerSecond(now) ?? 0;
        }

        return sum;
    }

    public double PerSecond(int priorityKey, TimeSpan now) => _windows[priorityKey - 1]?.PerSecond(now) ?? 0;
}
