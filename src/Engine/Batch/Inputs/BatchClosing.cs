using AugmentedOS.Engine.Entities;

namespace AugmentedOS.Engine.Batch.Inputs;

/// <summary>The end of a batch operation: it is remembered as long as a closed run of its namespace.</summary>
internal static class BatchClosing
{
    private static readonly TimeSpan WithoutNamespace = TimeSpan.FromDays(1);

    public static BatchState Close(BatchState state, BatchStatus status, EntityContext<BatchState> context)
    {
        var retention = context.Namespaces.TryFind(state.Key.Namespace, out var ns) ? ns.Retention : WithoutNamespace;
        return state with { Status = status, ClosedAt = context.Now, WakeAt = context.Now + retention };
    }
}
