using AugmentedOS.Engine.Storage;

namespace AugmentedOS.Engine.Runtime;

/// <summary>A write outside any run (a namespace, a run's deletion), awaited by its caller.</summary>
internal sealed class WriteCommit(IJournalWrite write, Action<Rejection?> settled) : CommitItem
{
    public override IJournalWrite? Write { get; } = write;

    protected override void OnDurable() => settled(null);

    protected override void OnFailed(Rejection failure) => settled(failure);
}
