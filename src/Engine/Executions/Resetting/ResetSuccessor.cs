using System.Collections.Immutable;

namespace AugmentedOS.Engine.Executions.Resetting;

/// <summary>What a run knows of the resets that went back in it: of the latest, and by which requests the ones before it
/// are known.</summary>
/// <param name="Run">The run that began with a copy of this one's history.</param>
/// <param name="RequestId">The reset's request, by which a client's retry is known.</param>
/// <param name="ForkEventId">The first event that was not copied.</param>
internal sealed record ResetSuccessor(RunId Run, string RequestId, long ForkEventId)
{
    /// <summary>How many earlier resets are remembered: a request that is repeated only after so many others resets anew.
    /// </summary>
    private const int MaxEarlier = 20;

    /// <summary>What earlier requests have made, the latest last.</summary>
    public ImmutableList<(string RequestId, RunId Run)> Earlier { get; init; } = [];

    /// <summary>The run that a request has made; null when it has made none.</summary>
    public RunId? MadeBy(string requestId)
    {
        if (requestId == RequestId)
        {
            return Run;
        }

        var index = Earlier.FindLastIndex(made => made.RequestId == requestId);
        return index < 0 ? null : Earlier[index].Run;
    }

    /// <summary>What the run knows after another reset.</summary>
    public ResetSuccessor Then(RunId run, string requestId, long forkEventId)
    {
        var earlier = Earlier.Add((RequestId, Run));
        return new ResetSuccessor(run, requestId, forkEventId)
        {
            Earlier = earlier.Count > MaxEarlier ? earlier.RemoveAt(0) : earlier,
        };
    }
}
