using AugmentedOS.Engine.Storage.Sqlite;
using AugmentedOS.Engine.Tests.Visibility;
using AugmentedOS.Engine.Visibility;
using Microsoft.Data.Sqlite;

namespace AugmentedOS.Engine.Tests.Storage;

/// <summary>A file of the second layout is listed and counted as before when this engine has opened it.</summary>
public sealed class AttributeMigrationTests : IDisposable
{
    private readonly TemporaryDatabase _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void ThirdLayout_WhenTheFileHasRuns_FindsThemByTheirValues()
    {
        using var database = Database.Open(_directory.Path, SqliteOpenMode.ReadWriteCreate);
        Migrations.Apply(database, [Schema1.Sql, Schema2.Sql]);
        AddRun(database, 1, status: 1, closedAt: null, division: null);
        AddRun(database, 2, status: 2, closedAt: 50, division: null);
        AddRun(database, 3, status: 1, closedAt: null, division: "d");
        AddValue(database, 1, "Customer", "'c'");
        AddValue(database, 2, "Customer", "'c'");
        AddValue(database, 2, "Tags", "'x'");
        AddValue(database, 2, "Tags", "'y'");
        AddValue(database, 3, "Customer", "'c'");

        // An entity's: its number is no run's.
        AddValue(database, 4, "Customer", "'c'");

        Migrations.Apply(database, Schema.Steps);

        Assert.Equal(Schema.CurrentVersion, database.Number("PRAGMA user_version"));
        Assert.Equal(["w1", "w2"], Ids(database, "Customer = 'c'"));
        Assert.Equal(["w2"], Ids(database, "Customer = 'c' AND CloseTime IS NOT NULL"));
        Assert.Equal(["w2"], Ids(database, "Tags IN ('x', 'y')"));
        Assert.Equal(2, Count(database, "Customer = 'c'"));
        Assert.Equal(2, Count(database, "GROUP BY ExecutionStatus"));
        Assert.Equal(1, database.Number("SELECT flags & 2 = 2 FROM search_attributes WHERE run_number = 4"));
    }

    [Fact]
    public void ThirdLayout_WhenAValueIsCommon_CountsItFromTheStart()
    {
        using var database = Database.Open(_directory.Path, SqliteOpenMode.ReadWriteCreate);
        Migrations.Apply(database, [Schema1.Sql, Schema2.Sql]);
        database.Execute("BEGIN");
        for (var number = 1; number <= ValueCounts.Common; number++)
        {
            AddRun(database, number, status: number % 2 == 0 ? 2 : 3, closedAt: 50, division: null);
            AddValue(database, number, "Customer", "'c'");
        }

        database.Execute("COMMIT");
        Migrations.Apply(database, Schema.Steps);

        Assert.Equal(2, database.Number("SELECT count(*) FROM value_counts"));
        Assert.Equal(ValueCounts.Common / 2, Count(database, "Customer = 'c' AND ExecutionStatus = 'Failed'"));
    }

    private static void AddRun(Database database, int number, int status, int? closedAt, string? division) =>
        database.Execute(
            $"""
            INSERT INTO runs(run_number, namespace_id, workflow_id, run_id, workflow_type, task_queue, status, start_time,
                execution_time, close_time, namespace_division)
            VALUES ({number}, x'{Convert.ToHexString(Sample.Namespace.Value.ToByteArray(bigEndian: true))}', 'w{number}',
                x'{number:x32}', 'Order', 'queue', {status}, 10, 10,
                {closedAt ?? VisibilitySchema.OpenCloseTime}, {(division is null ? "NULL" : $"'{division}'")})
            """);

    private static void AddValue(Database database, int number, string name, string value) => database.Execute(
        $"""
        INSERT INTO search_attributes(run_number, name, value, namespace_id)
        VALUES ({number}, '{name}', {value}, x'{Convert.ToHexString(Sample.Namespace.Value.ToByteArray(bigEndian: true))}')
        """);

    private static string[] Ids(Database database, string query)
    {
        var scope = new VisibilityScope(Sample.Namespace, Sample.Catalog);
        var answer = VisibilityReader.List(database, scope, query, pageSize: 0, Google.Protobuf.ByteString.Empty);
        Assert.True(answer.TryGet(out var page, out var rejection), rejection?.Message);
        return [.. page.Runs.Select(run => run.Execution.WorkflowId)];
    }

    private static long Count(Database database, string query)
    {
        var scope = new VisibilityScope(Sample.Namespace, Sample.Catalog);
        Assert.True(VisibilityReader.Count(database, scope, query).TryGet(out var count, out _));
        return count.Total;
    }
}
