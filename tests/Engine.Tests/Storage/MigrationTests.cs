using AugmentedOS.Engine.Storage.Sqlite;
using Microsoft.Data.Sqlite;

namespace AugmentedOS.Engine.Tests.Storage;

public sealed class MigrationTests : IDisposable
{
    private const string First = "CREATE TABLE orders(id INTEGER PRIMARY KEY); INSERT INTO orders(id) VALUES(7);";
    private const string Second = "ALTER TABLE orders ADD COLUMN state TEXT NOT NULL DEFAULT 'open';";
    private readonly TemporaryDatabase _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void Apply_WhenTheFileIsOlder_TakesTheStepsThatItLacks()
    {
        using (var old = Open())
        {
            Migrations.Apply(old, [First]);
        }

        using var database = Open();
        Migrations.Apply(database, [First, Second]);

        Assert.Equal(2, database.Number("PRAGMA user_version"));
        Assert.Equal("open", database.Text("SELECT state FROM orders WHERE id = 7"));
    }

    [Fact]
    public void Apply_WhenTheFileIsCurrent_ChangesNothing()
    {
        using var database = Open();
        Migrations.Apply(database, [First]);

        Migrations.Apply(database, [First]);

        Assert.Equal(1, database.Number("SELECT count(*) FROM orders"));
    }

    [Fact]
    public void Apply_WhenAStepFails_KeepsTheVersionBeforeItAndGoesOnFromThere()
    {
        using (var database = Open())
        {
            Assert.Throws<InvalidOperationException>(() =>
                Migrations.Apply(database, [First, "CREATE TABLE half(id); SELECT nonsense;"]));
        }

        using var reopened = Open();
        Assert.Equal(1, reopened.Number("PRAGMA user_version"));
        Assert.Equal(0, reopened.Number("SELECT count(*) FROM sqlite_schema WHERE name = 'half'"));
        Migrations.Apply(reopened, [First, Second]);
        Assert.Equal(2, reopened.Number("PRAGMA user_version"));
    }

    private Database Open() => Database.Open(_directory.Path, SqliteOpenMode.ReadWriteCreate);
}
