using AugmentedOS.Engine.Storage;

namespace AugmentedOS.Engine.Runtime;

/// <summary>Something that waits to become durable, and what happens then.</summary>
internal abstract class CommitItem
{
    /// <summary>The shard generation it was decided in; one of an earlier generation is refused. Null: any.</summary>
    public int? Generation { get; init; }

    /// <summary>Whether it is on disk.</summary>
    public CommitMark Mark { get; } = new();

    /// <summary>What to write; null for a reply that only waits its turn.</summary>
    public abstract IJournalWrite? Write { get; }

    public void Settle(Rejection? failure)
    {
        if (failure is null)
        {
            Mark.Set();
            OnDurable();
        }
        else
        {
            OnFailed(failure);
        }
    }

    /// <summary>Runs on the writer's thread, in commit order; must not block.</summary>
    protected abstract void OnDurable();

    /// <summary>Nothing of it happened.</summary>
    protected abstract void OnFailed(Rejection failure);
}
