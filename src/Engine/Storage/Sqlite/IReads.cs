namespace AugmentedOS.Engine.Storage.Sqlite;

/// <summary>Runs reads on a connection that nobody else uses meanwhile.</summary>
internal interface IReads : IDisposable
{
    T Read<T>(Func<JournalReader, T> read);
}
