using AugmentedOS.Engine.Runtime;

namespace AugmentedOS.Engine.Entities;

/// <summary>Awaiting an outcome.</summary>
internal static class EntityHostExtensions
{
    public static Task<Outcome> SubmitAsync<TState>(this EntityHost<TState> host, EntityInput<TState> input)
        where TState : class, IEntityState
    {
        var settled = new TaskCompletionSource<Outcome>(TaskCreationOptions.RunContinuationsAsynchronously);
        host.Submit(input, settled.SetResult);
        return settled.Task;
    }
}
