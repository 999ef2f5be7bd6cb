using AugmentedOS.Engine.Runtime;

namespace AugmentedOS.Engine.Entities;

/// <summary>Something for a host to do on its thread.</summary>
internal abstract record EntityMessage<TState>
    where TState : class, IEntityState
{
    /// <summary>Whether it needs the entities to be loaded.</summary>
    public virtual bool NeedsEntities => true;

    public abstract void Execute(EntityHost<TState> host);

    /// <summary>The host cannot take it: it has stopped, or the file cannot be read.</summary>
    public virtual void Refuse(Rejection rejection)
    {
        // Most have nobody who waits.
    }

    /// <summary>An input and who waits for its outcome.</summary>
    internal sealed record Submit(EntityInput<TState> Input, Action<Outcome> Settled) : EntityMessage<TState>
    {
        public override void Execute(EntityHost<TState> host) => host.Process(Input, Settled);

        public override void Refuse(Rejection rejection) => Settled(new Outcome(null, rejection));
    }

    /// <summary>The earliest wake-up is due.</summary>
    internal sealed record TimerWentOff : EntityMessage<TState>
    {
        public override void Execute(EntityHost<TState> host) => host.WakeUp();
    }

    /// <summary>Everything is to be loaded, if it is not.</summary>
    internal sealed record Load : EntityMessage<TState>
    {
        public override void Execute(EntityHost<TState> host)
        {
            // Loading is what every message does first.
        }
    }

    internal sealed record Reload(int Generation) : EntityMessage<TState>
    {
        public override bool NeedsEntities => false;

        public override void Execute(EntityHost<TState> host) => host.Forget(Generation);
    }

    internal sealed record RemoveAll(NamespaceId Namespace) : EntityMessage<TState>
    {
        public override void Execute(EntityHost<TState> host) => host.Remove(Namespace);
    }

    internal sealed record Stop(Action Stopped) : EntityMessage<TState>
    {
        public override bool NeedsEntities => false;

        public override void Execute(EntityHost<TState> host)
        {
            host.StopInGoodOrder();
            Stopped();
        }

        public override void Refuse(Rejection rejection) => Stopped();
    }
}
