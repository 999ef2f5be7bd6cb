namespace AugmentedOS.Engine.Entities;

/// <summary>What one input came to: a new state, the entity's end, or nothing; and a reply or a refusal.</summary>
internal sealed record EntityDecision<TState>
    where TState : class, IEntityState
{
    /// <summary>The state from now on; null when the input changed nothing, or deletes.</summary>
    public TState? After { get; private init; }

    public bool Deletes { get; private init; }

    public object? Reply { get; private init; }

    public Rejection? Rejection { get; private init; }

    /// <summary>Refused; nothing happened.</summary>
    public static EntityDecision<TState> Reject(Rejection rejection) => new() { Rejection = rejection };

    /// <summary>Answered; nothing happened (a repetition, a read).</summary>
    public static EntityDecision<TState> Answer(object reply) => new() { Reply = reply };

    /// <summary>Created or changed.</summary>
    public static EntityDecision<TState> Change(TState after, object reply) => new() { After = after, Reply = reply };

    /// <summary>Changed, and yet a refusal for the caller.</summary>
    public static EntityDecision<TState> ChangeAndReject(TState after, Rejection rejection) =>
        new() { After = after, Rejection = rejection };

    /// <summary>Gone. Of an entity that is not there: nothing happened.</summary>
    public static EntityDecision<TState> Delete(object reply) => new() { Deletes = true, Reply = reply };
}
