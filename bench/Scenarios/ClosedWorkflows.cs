using System.Globalization;
using Google.Protobuf;
using Microsoft.Data.Sqlite;
using Temporalio.Api.Common.V1;

namespace AugmentedOS.Bench.Scenarios;

/// <summary>Writes closed workflows into an engine's file: the rows that lists read, as the engine writes them, without
/// their histories. Running a million workflows would take an hour.</summary>
internal static class ClosedWorkflows
{
    private const int Amount = 1;
    private const int Customer = 2;
    private const int Region = 3;
    private const int Completed = 2;
    private const int Failed = 3;
    private const long Second = TimeSpan.TicksPerSecond;

    /// <summary>As the engine keeps them with its rows.</summary>
    private const string KeptCounts =
        """
        INSERT INTO run_counts(namespace_id, workflow_type, status, count)
            SELECT namespace_id, workflow_type, status, count(*) FROM runs GROUP BY namespace_id, workflow_type, status;
        INSERT INTO value_counts(attribute, value, status, count)
            SELECT attribute, value, status, count(*) FROM search_attributes
            WHERE (attribute, value) IN (
                SELECT attribute, value FROM search_attributes GROUP BY attribute, value HAVING count(*) >= 10000)
            GROUP BY attribute, value, status;
        """;

    public static void Write(string path, Guid ns, int count)
    {
        using var connection = new SqliteConnection($"Data Source={path};Pooling=False");
        connection.Open();
        Run(connection, "PRAGMA synchronous=OFF; PRAGMA cache_size=-262144");
        using var transaction = connection.BeginTransaction();
        using var run = Prepare(
            connection,
            """
            INSERT INTO runs(run_number, namespace_id, workflow_id, run_id, workflow_type, task_queue, status, start_time,
                execution_time, close_time, history_length, history_size, state_transitions, execution_duration,
                search_attributes, hot)
            VALUES ($number, $ns, $id, $run, $type, 'queue', $status, $start, $start, $close, 11, 1500, 5, 2000000000, $found, 0)
            """,
            "$number", "$ns", "$id", "$run", "$type", "$status", "$start", "$close", "$found");
        using var attribute = Prepare(
            connection,
            """
            INSERT INTO search_attributes(run_number, attribute, value, close_time, start_time, status, flags)
            VALUES ($number, $attribute, $value, $close, $start, $status, 0)
            """,
            "$number", "$attribute", "$value", "$close", "$start", "$status");
        var bytes = ns.ToByteArray(bigEndian: true);
        var began = (DateTimeOffset.UtcNow.AddDays(-2) - DateTimeOffset.UnixEpoch).Ticks;
        for (var n = 1; n <= count; n++)
        {
            var (customer, region, amount) = ($"customer-{n % 1000}", $"region-{n / 7 % 4}", n % 10_000);
            var start = began + (n * Second / 10);
            Bind(
                run, n, bytes, $"workflow-{n}", Guid.NewGuid().ToByteArray(), n % 3 == 0 ? "Order" : "Refund",
                n % 20 == 0 ? Failed : Completed, start, start + (2 * Second), Attributes(customer, region, amount));
            var (close, status) = (start + (2 * Second), n % 20 == 0 ? Failed : Completed);
            Bind(attribute, n, Amount, (long)amount, close, start, status);
            Bind(attribute, n, Customer, customer, close, start, status);
            Bind(attribute, n, Region, region, close, start, status);
        }

        Name(connection, bytes);
        Run(connection, KeptCounts);
        transaction.Commit();
    }

    /// <summary>The names under the numbers that the rows have.</summary>
    private static void Name(SqliteConnection connection, byte[] ns)
    {
        using var name = Prepare(
            connection,
            "INSERT INTO search_attribute_names(id, namespace_id, name) VALUES ($id, $ns, $name)",
            "$id", "$ns", "$name");
        Bind(name, Amount, ns, "Amount");
        Bind(name, Customer, ns, "Customer");
        Bind(name, Region, ns, "Region");
    }

    private static byte[] Attributes(string customer, string region, int amount) => new SearchAttributes
    {
        IndexedFields =
        {
            ["Amount"] = Value(amount.ToString(CultureInfo.InvariantCulture), "Int"),
            ["Customer"] = Value($"\"{customer}\"", "Keyword"),
            ["Region"] = Value($"\"{region}\"", "Keyword"),
        },
    }.ToByteArray();

    private static Payload Value(string json, string type) => new()
    {
        Data = ByteString.CopyFromUtf8(json),
        Metadata =
        {
            ["encoding"] = ByteString.CopyFromUtf8("json/plain"), ["type"] = ByteString.CopyFromUtf8(type),
        },
    };

    private static SqliteCommand Prepare(SqliteConnection connection, string sql, params string[] parameters)
    {
        var command = connection.CreateCommand();
#pragma warning disable CA2100 // The statements are constants of this program.
        command.CommandText = sql;
#pragma warning restore CA2100
        foreach (var name in parameters)
        {
            command.Parameters.Add(new SqliteParameter { ParameterName = name });
        }

        command.Prepare();
        return command;
    }

    private static void Bind(SqliteCommand command, params object[] values)
    {
        for (var index = 0; index < values.Length; index++)
        {
            command.Parameters[index].Value = values[index];
        }

        command.ExecuteNonQuery();
    }

    private static void Run(SqliteConnection connection, string sql)
    {
        using var command = Prepare(connection, sql);
        command.ExecuteNonQuery();
    }
}
