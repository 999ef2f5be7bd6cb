namespace AugmentedOS.Engine.Storage.Sqlite;

/// <summary>The id by which clients know this engine: made when the file is, and kept with it.</summary>
internal static class ClusterIdentity
{
    public static Guid ReadOrMake(Database database, IIdSource ids)
    {
        using var read = database.Prepare("SELECT value FROM metadata WHERE key = 'cluster_id'");
        if (read.Step())
        {
            return read.Guid(0);
        }

        read.Reset();
        var made = ids.Next();
        using var write = database.Prepare("INSERT INTO metadata(key, value) VALUES('cluster_id', ?1)");
        write.Bind(1, made).Run();
        return made;
    }
}
