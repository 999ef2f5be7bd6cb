using AugmentedOS.Engine.Runtime;
using AugmentedOS.Engine.Storage;

namespace AugmentedOS.Engine.Entities;

/// <summary>An entity's next state on its way to disk, with all that the world learns once it is there.</summary>
internal sealed class EntityCommit(
    EntityRow row,
    IEntityEffects carrier,
    IReadOnlyList<EntityEffect> effects,
    Action<Outcome> settled,
    Outcome outcome) : CommitItem, IJournalWrite
{
    public override IJournalWrite Write => this;

    public void WriteTo(IJournalTransaction transaction) => transaction.Save(row);

    protected override void OnDurable()
    {
        // Before the reply: who has it may count on what others see.
        foreach (var effect in effects)
        {
            carrier.Carry(effect);
        }

        settled(outcome);
    }

    protected override void OnFailed(Rejection failure) => settled(new Outcome(null, failure));
}
