using AugmentedOS.Engine.Storage;

namespace AugmentedOS.Engine.Runtime;

/// <summary>A reply that rests on state which is not durable yet: it waits its turn, because nobody may see that state.</summary>
internal sealed class BarrierCommit(Action<Outcome> settled, Outcome outcome) : CommitItem
{
    public override IJournalWrite? Write => null;

    protected override void OnDurable() => settled(outcome);

    protected override void OnFailed(Rejection failure) => settled(new Outcome(null, failure));
}
