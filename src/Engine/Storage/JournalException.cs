namespace AugmentedOS.Engine.Storage;

/// <summary>The machine below failed: disk full, file locked, file gone; or the journal was closed, which whoever still
/// reads in the background meets as an engine stops. Data is untouched.</summary>
internal sealed class JournalException : Exception
{
    public JournalException()
    {
    }

    public JournalException(string message)
        : base(message)
    {
    }

    public JournalException(string message, Exception inner)
        : base(message, inner)
    {
    }

    /// <summary>The journal was closed.</summary>
    public static JournalException Closed() => new("The engine has been stopped; its database is closed.");
}
