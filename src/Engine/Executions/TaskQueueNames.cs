namespace AugmentedOS.Engine.Executions;

/// <summary>Which names a task queue of a user may have.</summary>
internal static class TaskQueueNames
{
    private const string ReservedPrefix = "/_sys/";

    /// <summary>What is wrong with a name, word for word; null when nothing is.</summary>
    public static string? Problem(string name, EngineLimits limits)
    {
        if (name.Length == 0)
        {
            return "missing task queue name";
        }

        if (Utf8Length.Of(name) > limits.MaxIdLength)
        {
            return "taskQueue length exceeds limit";
        }

        return name.StartsWith(ReservedPrefix, StringComparison.Ordinal)
            ? $"task queue name cannot start with reserved prefix {ReservedPrefix}"
            : null;
    }
}
