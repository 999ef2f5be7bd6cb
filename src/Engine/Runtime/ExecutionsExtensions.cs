using AugmentedOS.Engine.Executions.Inputs;

namespace AugmentedOS.Engine.Runtime;

/// <summary>Awaiting an outcome.</summary>
internal static class ExecutionsExtensions
{
    public static Task<Outcome> SubmitAsync(this IExecutions executions, Input input)
    {
        var settled = new TaskCompletionSource<Outcome>(TaskCreationOptions.RunContinuationsAsynchronously);
        executions.Submit(input, settled.SetResult);
        return settled.Task;
    }
}
