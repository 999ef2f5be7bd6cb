using System.Diagnostics.CodeAnalysis;

namespace AugmentedOS.Engine.Runtime;

/// <summary>What a caller is told once everything it rests on is durable: a reply or a refusal.</summary>
internal readonly record struct Outcome(object? Reply, Rejection? Rejection)
{
    [MemberNotNullWhen(true, nameof(Rejection))]
    [MemberNotNullWhen(false, nameof(Reply))]
    public bool IsRejected => Rejection is not null;
}
