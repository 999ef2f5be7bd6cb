using System.Globalization;
using AugmentedOS.Workflows.Errors;
using Temporalio.Api.Enums.V1;

namespace AugmentedOS.Workflows.ParkingLot;

/// <summary>Which failed workflows are looked for. All that is set has to hold.</summary>
public sealed record ParkingLotQuery
{
    /// <summary>How they ended. Terminated and canceled ones were stopped by somebody: name those states to find them
    /// as well.</summary>
    public IReadOnlyCollection<WorkflowExecutionStatus> Statuses { get; init; } =
        [WorkflowExecutionStatus.Failed, WorkflowExecutionStatus.TimedOut];

    /// <summary>The workflow's type, or null for all.</summary>
    public string? WorkflowType { get; init; }

    /// <summary>The earliest end.</summary>
    public DateTimeOffset? ClosedFrom { get; init; }

    /// <summary>The first end that is too late.</summary>
    public DateTimeOffset? ClosedBefore { get; init; }

    /// <summary>More of a visibility query, as <c>Region = 'EU' AND Amount &gt; 1000</c>: with custom search
    /// attributes, with a workflow id.</summary>
    public string? Where { get; init; }

    /// <summary>The kind of failure. It is read from each workflow's last event, so narrow the rest first.</summary>
    public ErrorKind? Kind { get; init; }

    /// <summary>The failure's code, read as <see cref="Kind"/>.</summary>
    public string? Code { get; init; }

    /// <summary>How many at most; null for all.</summary>
    public int? Limit { get; init; }

    /// <summary>The visibility query that a server gets.</summary>
    /// <exception cref="ArgumentException">No status is named, or one in which a workflow did not fail.</exception>
    public string ToVisibilityQuery()
    {
        if (Statuses.Count == 0 || Statuses.Any(status => !CanFail(status)))
        {
            throw new ArgumentException(
                "A parking lot holds workflows that failed: name Failed, TimedOut, Terminated or Canceled as "
                    + "Statuses, or leave them as they are.");
        }

        List<string> parts = [$"ExecutionStatus IN ({string.Join(", ", Statuses.Select(status => $"'{status}'"))})"];
        Add(parts, WorkflowType, type => $"WorkflowType = {Quoted(type)}");
        Add(parts, ClosedFrom, time => $"CloseTime >= {Quoted(time)}");
        Add(parts, ClosedBefore, time => $"CloseTime < {Quoted(time)}");
        Add(parts, string.IsNullOrWhiteSpace(Where) ? null : Where, where => $"({where})");
        return string.Join(" AND ", parts);
    }

    internal bool Matches(WorkflowError error) =>
        (Kind is null || error.Kind == Kind) && (Code is null || error.Code == Code);

    internal static bool CanFail(WorkflowExecutionStatus status) => status is WorkflowExecutionStatus.Failed
        or WorkflowExecutionStatus.TimedOut or WorkflowExecutionStatus.Terminated or WorkflowExecutionStatus.Canceled;

    private static void Add<T>(List<string> parts, T? value, Func<T, string> part)
    {
        if (value is not null)
        {
            parts.Add(part(value));
        }
    }

    private static string Quoted(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";

    private static string Quoted(DateTimeOffset? time) =>
        Quoted(time!.Value.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'", CultureInfo.InvariantCulture));
}
