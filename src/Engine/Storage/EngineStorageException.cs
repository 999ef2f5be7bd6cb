namespace AugmentedOS.Engine;

/// <summary>
/// The engine's database file cannot be opened. The message says what is wrong, where, and what to do.
/// </summary>
/// <remarks>Thrown while the engine starts: the directory is missing or read-only, another engine has the file, it is
/// not a database, it is damaged, or a newer engine wrote it. The file is left as it was.</remarks>
public sealed class EngineStorageException : Exception
{
    /// <summary>An error without a text.</summary>
    public EngineStorageException()
    {
    }

    /// <summary>An error that says what is wrong, where, and what to do.</summary>
    public EngineStorageException(string message)
        : base(message)
    {
    }

    /// <summary>An error that says what is wrong, where, and what to do, and what caused it.</summary>
    public EngineStorageException(string message, Exception inner)
        : base(message, inner)
    {
    }
}
