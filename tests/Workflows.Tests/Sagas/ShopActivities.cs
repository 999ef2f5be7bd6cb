using System.Collections.Concurrent;
using AugmentedOS.Workflows.Errors;
using Temporalio.Activities;

namespace AugmentedOS.Workflows.Tests.Sagas;

/// <summary>Does and undoes steps, and fails where it is told to.</summary>
public sealed class ShopActivities
{
    /// <summary>Attempts in their order: "do a", "undo a".</summary>
    public ConcurrentQueue<string> Calls { get; } = [];

    /// <summary>Calls that fail for good.</summary>
    public HashSet<string> Broken { get; } = [];

    /// <summary>Calls that fail as often as this says.</summary>
    public Dictionary<string, int> Shaky { get; } = [];

    [Activity]
    public void Call(string what)
    {
        Calls.Enqueue(what);
        if (Broken.Contains(what))
        {
            throw Fail.BusinessRule($"cannot {what}");
        }

        if (Shaky.TryGetValue(what, out var times) && Calls.Count(call => call == what) <= times)
        {
            throw Fail.Transient($"not yet: {what}");
        }
    }
}
