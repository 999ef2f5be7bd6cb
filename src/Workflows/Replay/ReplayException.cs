namespace AugmentedOS.Workflows.Replay;

/// <summary>Nothing could be replayed: an assembly or the histories cannot be read. The message says what to
/// do.</summary>
public sealed class ReplayException : Exception
{
    /// <summary>Makes it.</summary>
    public ReplayException(string message)
        : base(message)
    {
    }

    /// <summary>Makes it, with what went wrong beneath.</summary>
    public ReplayException(string message, Exception inner)
        : base(message, inner)
    {
    }
}
