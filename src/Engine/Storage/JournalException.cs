namespace AugmentedOS.Engine.Storage;

/// <summary>The machine below failed: disk full, file locked, file gone. Data is untouched.</summary>
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
}
