using AugmentedOS.Engine.Executions.Inputs;

namespace AugmentedOS.Engine.Runtime;

/// <summary>The way in to all runs.</summary>
internal interface IExecutions
{
    /// <summary>Hands an input to the shard that owns its workflow. <paramref name="settled"/> is called once, on an
    /// unspecified thread, after everything the outcome rests on is durable; it must not block.</summary>
    void Submit(Input input, Action<Outcome> settled);
}
