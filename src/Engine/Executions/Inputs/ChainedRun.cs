namespace AugmentedOS.Engine.Executions.Inputs;

/// <summary>A request may name a whole chain of runs by its first run: it means the chain's run of today.</summary>
internal static class ChainedRun
{
    /// <summary>The run to address: the current one when a chain is named, whatever the request says besides.</summary>
    public static RunId? Address(RunId? run, string firstRunId) => firstRunId.Length > 0 ? null : run;

    /// <summary>Whether a run is of the named chain, or none was named.</summary>
    public static bool IsOf(RunState state, string firstRunId) =>
        firstRunId.Length == 0
        || firstRunId.Equals(state.Started.FirstExecutionRunId, StringComparison.OrdinalIgnoreCase);

    /// <summary>The answer when the current run is of another chain.</summary>
    public static Rejection NotFound() => Rejection.NotFound("workflow execution not found");
}
