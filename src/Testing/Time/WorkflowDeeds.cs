namespace AugmentedOS.Testing.Time;

/// <summary>What a run did within one of its tasks.</summary>
internal sealed class WorkflowDeeds
{
    /// <summary>Whether its run method ended.</summary>
    public bool HasEnded { get; set; }

    /// <summary>The updates that were answered.</summary>
    public HashSet<string> Updates { get; } = new(StringComparer.Ordinal);
}
