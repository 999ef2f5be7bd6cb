using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace AugmentedOS.Fuzz;

/// <summary>Names that calls have in common, so that they meet, and what the engine's answers gave: run ids and tokens.
/// Thread-safe.</summary>
internal sealed class Pool
{
    private const int Kept = 512;
    private static readonly string[] Queries =
    [
        "", "WorkflowId = 'w1'", "ExecutionStatus = 'Running' GROUP BY ExecutionStatus", "StartTime > '2020-01-01T00:00:00Z'",
        "NOT (A = 1 AND", "Nowhere = 'x'", "ExecutionStatus IN ('Running', 'Nothing')", "WorkflowType STARTS_WITH 'T'",
        "CloseTime IS NULL OR RunId != \"x\"", "ORDER BY StartTime", "`a b` BETWEEN 1 AND 'x'", "((((((((((1))))))))))",
    ];

    private readonly Lock _gate = new();
    private readonly List<string> _runs = [];
    private readonly Dictionary<string, List<ByteString>> _tokens = new(StringComparer.Ordinal);

    /// <summary>What a string field of that name is likely to hold; null when nothing is known of it.</summary>
    public string? Known(string field, Random random) => field switch
    {
        "namespace" or "namespace_name" => random.Next(20) switch { 0 => "other", 1 => "nowhere", _ => "fuzz" },
        "workflow_id" => $"w{random.Next(30)}",
        "run_id" or "first_execution_run_id" or "current_execution_run_id" or "activity_run_id" or "operation_run_id" => Run(random),
        "task_queue" or "name" or "sticky_task_queue" or "normal_name" => $"q{random.Next(4)}",
        "activity_id" => $"a{random.Next(6)}",
        "timer_id" => $"t{random.Next(6)}",
        "schedule_id" => $"s{random.Next(6)}",
        "operation_id" => $"o{random.Next(6)}",
        "update_id" or "protocol_instance_id" => $"u{random.Next(6)}",
        "signal_name" or "query_type" or "identity" or "request_id" or "job_id" => $"{field[0]}{random.Next(40)}",
        "deployment_name" or "series_name" => $"d{random.Next(3)}",
        "build_id" or "version" => $"b{random.Next(3)}",
        "endpoint" => $"e{random.Next(3)}",
        "query" or "visibility_query" => Queries[random.Next(Queries.Length)],
        "cron_schedule" => random.Next(3) switch { 0 => "", 1 => "0 12 * * *", _ => "@every banana" },
        _ => null,
    };

    /// <summary>Whether a client nearly always gives it.</summary>
    public static bool IsUsual(string field) => field is "namespace" or "workflow_id" or "task_queue" or "name" or "activity_id"
        or "timer_id" or "schedule_id" or "operation_id" or "update_id" or "signal_name" or "query_type" or "identity"
        or "request_id" or "deployment_name" or "build_id" or "endpoint" or "task_token" or "workflow_type" or "job_id";

    /// <param name="message">The request or answer that the token is in.</param>
    public ByteString? Token(string field, string message, Random random)
    {
        lock (_gate)
        {
            return _tokens.TryGetValue(Kind(field, message), out var known) && known.Count > 0 ? known[random.Next(known.Count)] : null;
        }
    }

    /// <summary>Keeps what later calls can use of an answer.</summary>
    public void Harvest(IMessage answer)
    {
        foreach (var field in answer.Descriptor.Fields.InFieldNumberOrder())
        {
            if (field.IsRepeated || field.IsMap)
            {
                continue;
            }

            if (field.FieldType == FieldType.Bytes && field.Accessor.GetValue(answer) is ByteString { IsEmpty: false } token)
            {
                Keep(Kind(field.Name, answer.Descriptor.Name), token);
            }
            else if (field is { FieldType: FieldType.String, Name: "run_id" } && field.Accessor.GetValue(answer) is string { Length: > 0 } run)
            {
                Keep(run);
            }
        }
    }

    /// <summary>Tokens of activities and of Nexus tasks are of little use to anything else.</summary>
    private static string Kind(string field, string message) =>
        message.Contains("Activity", StringComparison.Ordinal) ? field + " of an activity"
        : message.Contains("Nexus", StringComparison.Ordinal) ? field + " of Nexus"
        : field;

    private string Run(Random random)
    {
        lock (_gate)
        {
            return random.Next(3) == 0 || _runs.Count == 0 ? "" : _runs[random.Next(_runs.Count)];
        }
    }

    private void Keep(string run)
    {
        lock (_gate)
        {
            Keep(_runs, run);
        }
    }

    private void Keep(string field, ByteString token)
    {
        lock (_gate)
        {
            if (!_tokens.TryGetValue(field, out var known))
            {
                _tokens.Add(field, known = []);
            }

            Keep(known, token);
        }
    }

    private static void Keep<T>(List<T> kept, T item)
    {
        if (kept.Count == Kept)
        {
            kept.RemoveAt(0);
        }

        kept.Add(item);
    }
}
