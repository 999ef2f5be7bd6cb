using AugmentedOS.Engine.Storage;

namespace AugmentedOS.Engine.Runtime;

/// <summary>Something that waits to become durable, and what happens then.</summary>
internal abstract class CommitItem
{
    private volatile bool _isDurable;

    /// <summary>The shard generation it was decided in; one of an earlier generation is refused. Null: any.</summary>
    public int? Generation { get; init; }

    /// <summary>Whether it is on disk. One that failed never is: what rests on it must wait for the refusal.</summary>
    public bool IsDurable => _isDurable;

    /// <summary>What to write; null for a reply that only waits its turn.</summary>
    public abstract IJournalWrite? Write { get; }

    public void Settle(Rejection? failure)
    {
        if (failure is null)
        {
            _isDurable = true;
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
