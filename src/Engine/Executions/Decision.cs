using System.Diagnostics.CodeAnalysis;

namespace AugmentedOS.Engine.Executions;

/// <summary>What one input came to: facts about one run or two, a reply, a refusal, or refusal and facts together
/// (a bad command fails the workflow task and its caller).</summary>
internal sealed record Decision
{
    /// <summary>What happened to the run that the input addressed; null when nothing did.</summary>
    public RunChange? Change { get; private init; }

    /// <summary>The run that was started in the same transition; null when none was.</summary>
    public RunChange? NewRun { get; private init; }

    /// <summary>The answer, null when refused.</summary>
    public object? Reply { get; private init; }

    public Rejection? Rejection { get; private init; }

    /// <summary>Whether the run is deleted, with its history, at the end of this transition.</summary>
    public bool Deletes { get; private init; }

    [MemberNotNullWhen(true, nameof(Rejection))]
    public bool IsRejected => Rejection is not null;

    /// <summary>Refused; nothing happened.</summary>
    public static Decision Reject(Rejection rejection) => new() { Rejection = rejection };

    /// <summary>Answered; nothing happened (a client's retry, a read).</summary>
    public static Decision Answer(object reply) => new() { Reply = reply };

    /// <summary>The draft's facts, answered with <paramref name="reply"/>.</summary>
    public static Decision Accept(Draft draft, object reply) =>
        new() { Change = draft.ToChange(), NewRun = draft.Successor?.ToChange(), Reply = reply };

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

    /// <summary>A first run: nothing happened to any other.</summary>
    public static Decision Start(Draft newRun, object reply) => new() { NewRun = newRun.ToChange(), Reply = reply };
}
