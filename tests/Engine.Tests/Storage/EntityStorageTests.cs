using System.Collections.Immutable;
using AugmentedOS.Engine.Entities;
using AugmentedOS.Engine.Storage;
using AugmentedOS.Engine.Storage.Codecs;
using AugmentedOS.Engine.Storage.Sqlite;
using AugmentedOS.Engine.Visibility;
using Google.Protobuf;
using Microsoft.Data.Sqlite;
using Temporalio.Api.Common.V1;

namespace AugmentedOS.Engine.Tests.Storage;

public sealed class EntityStorageTests : IDisposable
{
    private static readonly ImmutableSortedDictionary<string, Payload> Nothing =
        ImmutableSortedDictionary<string, Payload>.Empty;

    private static readonly EntityKey Key = new(EntityKind.Schedule, TestIds.Namespace, "nightly");
    private readonly TemporaryDatabase _database = new();

    public void Dispose() => _database.Dispose();

    [Fact]
    public void Entities_WhenReopened_AreThereWithTheirNumbers()
    {
        using (var journal = _database.Open())
        {
            var number = journal.NextRunNumber();
            journal.Commit([Row(number, [1], Nothing, Nothing)]);
            journal.Commit([Row(number, [2, 3], Nothing, Nothing)]);
            journal.Commit([new Change(new EntityRow(
                Key with { Kind = EntityKind.NexusEndpoint }, journal.NextRunNumber(), 1, new byte[] { 9 }, null,
                Nothing, Nothing))]);
        }

        using var reopened = _database.Open();
        var stored = Assert.Single(reopened.Entities(EntityKind.Schedule));
        Assert.Equal((Key, 1L, 4), (stored.Key, stored.Number, stored.Version));
        Assert.Equal([2, 3], stored.State.ToArray());
        Assert.Equal(3, reopened.NextRunNumber());
    }

    [Fact]
    public void SearchAttributes_WhenTheEntityChangesAndGoes_GoWithIt()
    {
        using var journal = _database.Open();
        var number = journal.NextRunNumber();
        var (red, blue) = (Attribute("red"), Attribute("blue"));

        journal.Commit([Row(number, [1], Nothing, red)]);
        Assert.Equal("red", Indexed(journal));
        journal.Commit([Row(number, [1], red, blue)]);
        Assert.Equal("blue", Indexed(journal));

        journal.Commit([Row(number, null, blue, Nothing)]);
        Assert.Equal("", Indexed(journal));
        Assert.Empty(journal.Entities(EntityKind.Schedule));
    }

    [Fact]
    public void File_WhenItIsOfTheFirstLayout_OpensAndTakesEntities()
    {
        RunKey run;
        byte[] state;
        using (var journal = _database.Open())
        {
            var started = JournaledRun.Start(journal);
            (run, state) = (started.Key, RunStateCodec.Encode(started.State!));
        }

        MakeOfTheFirstLayout();
        using (var migrated = _database.Open())
        {
            Assert.Equal(state, RunStateCodec.Encode(migrated.Load(run.Workflow, run.Run)!.State));
            Assert.Empty(migrated.Entities(EntityKind.Schedule));
            Assert.Equal(2, migrated.NextRunNumber());
            migrated.Commit([Row(2, [7], Nothing, Nothing)]);
        }

        using var reopened = _database.Open();
        Assert.Single(reopened.Entities(EntityKind.Schedule));
        Assert.NotNull(reopened.Load(run.Workflow, run.Run));
    }

    /// <summary>What step 2 and later added, taken away again: this is what the first engine wrote.</summary>
    private void MakeOfTheFirstLayout()
    {
        using var file = Database.Open(_database.Path, SqliteOpenMode.ReadWrite);
        file.Execute(
            $"""
            DROP TABLE entities;
            DROP TABLE search_attributes;
            DROP TABLE search_attribute_names;
            DROP TABLE run_counts;
            DROP TABLE value_counts;
            DROP INDEX runs_by_start;
            DROP INDEX runs_by_root;
            {VisibilitySchema.SearchAttributes}
            PRAGMA user_version = 1;
            """);
    }

    private static Change Row(
        long number,
        byte[]? state,
        ImmutableSortedDictionary<string, Payload> before,
        ImmutableSortedDictionary<string, Payload> after) =>
        new(new EntityRow(Key, number, 4, state is null ? null : (ReadOnlyMemory<byte>?)state, null, before, after));

    private static ImmutableSortedDictionary<string, Payload> Attribute(string value) => Nothing.Add("Color", new Payload
    {
        Metadata =
        {
            ["encoding"] = ByteString.CopyFromUtf8("json/plain"),
            ["type"] = ByteString.CopyFromUtf8("Keyword"),
        },
        Data = ByteString.CopyFromUtf8($"\"{value}\""),
    });

    private static string Indexed(SqliteJournal journal) => journal.Query(database =>
        database.Text("SELECT value FROM search_attributes JOIN search_attribute_names ON id = attribute WHERE name = 'Color'"));

    private sealed class Change(EntityRow row) : IJournalWrite
    {
        public void WriteTo(IJournalTransaction transaction) => transaction.Save(row);
    }
}
