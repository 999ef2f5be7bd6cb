using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using AugmentedOS.Engine.Executions.Updates;

namespace AugmentedOS.Engine.Executions;

/// <summary>What one input came to: facts about one run or more, a reply, a refusal, or refusal and facts together
/// (a bad command fails the workflow task and its caller).</summary>
internal sealed record Decision
{
    /// <summary>What happened to the run that the input addressed; null when nothing did.</summary>
    public RunChange? Change { get; private init; }

    /// <summary>What happened in the same transition to another run of the workflow; null when nothing did.</summary>
    public RunChange? OtherChange { get; private init; }

    /// <summary>The run that was started in the same transition; null when none was.</summary>
    public RunChange? NewRun { get; private init; }

    /// <summary>The answer, null when refused.</summary>
    public object? Reply { get; init; }

    public Rejection? Rejection { get; private init; }

    /// <summary>Whether the run is deleted, with its history, at the end of this transition.</summary>
    public bool Deletes { get; private init; }

    /// <summary>What happened after <see cref="Change"/> and is kept in memory, until something else has to be written:
    /// a speculative workflow task. Null when nothing is.</summary>
    public RunChange? Held { get; init; }

    /// <summary>Whether what was held before is forgotten: the decision is about the run without it.</summary>
    public bool Drops { get; init; }

    /// <summary>The updates that no worker has answered now; null when they are the same as before.</summary>
    public ImmutableList<InFlightUpdate>? Updates { get; init; }

    /// <summary>The updates of <see cref="NewRun"/>.</summary>
    public ImmutableList<InFlightUpdate> NewRunUpdates { get; init; } = [];

    /// <summary>The updates that ended here without an event.</summary>
    public ImmutableList<EndedUpdate> EndedUpdates { get; init; } = [];

    /// <summary>Whether nothing happened that has to be written.</summary>
    public bool WritesNothing => Change is null && OtherChange is null && NewRun is null && !Deletes;

    /// <summary>Whether nothing happened at all.</summary>
    public bool ChangesNothing => WritesNothing && Held is null && !Drops && Updates is null;

    [MemberNotNullWhen(true, nameof(Rejection))]
    public bool IsRejected => Rejection is not null;

    /// <summary>Refused; nothing happened.</summary>
    public static Decision Reject(Rejection rejection) => new() { Rejection = rejection };

    /// <summary>Answered; nothing happened (a client's retry, a read).</summary>
    public static Decision Answer(object reply) => new() { Reply = reply };

    /// <summary>The draft's facts, answered with <paramref name="reply"/>.</summary>
    public static Decision Accept(Draft draft, object reply) =>
        new() { Change = draft.ToChange(), NewRun = draft.Successor?.ToChange(), Reply = reply };

    /// <summary>What a decision about another run came to for the run that it started.</summary>
    public static Decision Of(RunChange born, ImmutableList<InFlightUpdate> updates) =>
        new() { Change = born, Updates = updates.IsEmpty ? null : updates };

    /// <summary>The draft's facts, kept in memory for now.</summary>
    public static Decision Hold(Draft draft, object reply) => new() { Held = draft.ToChange(), Reply = reply };

    /// <summary>The draft's facts, and yet a refusal for the caller.</summary>
    public static Decision AcceptAndReject(Draft draft, Rejection rejection) =>
        new() { Change = draft.ToChange(), NewRun = draft.Successor?.ToChange(), Rejection = rejection };

    /// <summary>The draft's facts (it may be empty), and then the run is deleted with its history.</summary>
    public static Decision Delete(Draft draft, object reply) =>
        new() { Change = draft.ToChange(), Deletes = true, Reply = reply };

    /// <summary>The same decision, and what follows from it for the run it changed.</summary>
    /// <param name="next">A draft on the state after this decision's change.</param>
    public Decision Continue(Draft next) => next.ToChange() is { } more
        ? this with { Change = new RunChange(Change!.Before, more.After, [.. Change.Facts, .. more.Facts]) }
        : this;

    /// <summary>The same decision, and another one that was taken on what it came to: a task's start.</summary>
    public Decision Then(Decision next) => this with
    {
        Change = Join(Change, next.Change),
        Held = Join(Held, next.Held),
        Updates = next.Updates ?? Updates,
    };

    /// <summary>The same decision, and what follows from it for the run that it started.</summary>
    /// <param name="next">A draft on the new run's state.</param>
    public Decision ContinueNewRun(Draft next) => next.ToChange() is { } more
        ? this with { NewRun = new RunChange(NewRun!.Before, more.After, [.. NewRun.Facts, .. more.Facts]) }
        : this;

    /// <summary>The same decision, and what happened to another run of the workflow; null when nothing did.</summary>
    public Decision And(Draft? other) => other is null ? this : this with { OtherChange = other.ToChange() };

    /// <summary>A first run: nothing happened to any other.</summary>
    public static Decision Start(Draft newRun, object reply) => new() { NewRun = newRun.ToChange(), Reply = reply };

    private static RunChange? Join(RunChange? first, RunChange? more) => (first, more) switch
    {
        (_, null) => first,
        (null, _) => more,
        _ => first with { After = more.After, Facts = [.. first.Facts, .. more.Facts] },
    };
}
