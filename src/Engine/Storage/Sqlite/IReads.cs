namespace AugmentedOS.Engine.Storage.Sqlite;

/// <summary>Runs reads on a connection that nobody else uses meanwhile.</summary>
internal interface IReads : IDisposable
{
    /// <exception cref="JournalException">The machine below failed, or this was disposed.</exception>
    T Read<T>(Func<JournalReader, T> read);
}
