namespace AugmentedOS.Workflows.Entities;

/// <summary>What one run of an entity hands over to the next.</summary>
/// <param name="State">The entity's state.</param>
/// <param name="Seen">Ids of the last messages that were handled, the oldest first.</param>
/// <param name="Handled">How many messages were handled, in all runs.</param>
/// <param name="LastMessageAt">When the last message came or was done with (UTC).</param>
/// <param name="Failures">The last messages whose handling failed, the oldest first.</param>
public sealed record EntitySnapshot<TState>(
    TState State, IReadOnlyList<string> Seen, long Handled, DateTime LastMessageAt, IReadOnlyList<EntityFailure> Failures);
