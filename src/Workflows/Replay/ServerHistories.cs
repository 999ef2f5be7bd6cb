using System.Globalization;
using System.Runtime.CompilerServices;
using Temporalio.Client;
using Temporalio.Exceptions;

namespace AugmentedOS.Workflows.Replay;

/// <summary>Histories of a server's namespace, found through visibility.</summary>
/// <param name="client">A client of the namespace.</param>
public sealed class ServerHistories(ITemporalClient client) : IHistorySource
{
    /// <summary>How many runs are looked at for types that the build does not have.</summary>
    private const int OthersListed = 1000;

    private static readonly string?[] AnyType = [null];

    /// <inheritdoc/>
    public async IAsyncEnumerable<RecordedRun> ReadAsync(
        HistorySample sample,
        IReadOnlyList<string>? builtTypes,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(sample);
        var named = sample.WorkflowTypes.Count > 0 ? sample.WorkflowTypes : builtTypes;
        IEnumerable<string?> types = named?.Select(type => (string?)type) ?? AnyType;
        foreach (var type in types)
        {
            foreach (var standing in StandingsOf(sample.Runs))
            {
                var options = new WorkflowListOptions
                {
                    Limit = sample.PerType,
                    Rpc = new() { CancellationToken = cancellationToken },
                };
                var runs = client.ListWorkflowsAsync(QueryFor(sample, type, standing), options);
                await foreach (var listed in runs.ConfigureAwait(false))
                {
                    if (await FetchAsync(client, listed, cancellationToken).ConfigureAwait(false) is { } run)
                    {
                        yield return run;
                    }
                }
            }
        }
    }

    /// <inheritdoc/>
    /// <remarks>The latest thousand of them are looked at.</remarks>
    public async Task<IReadOnlyDictionary<string, long>> CountOpenRunsOfOtherTypesAsync(
        IReadOnlyList<string> builtTypes, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(builtTypes);
        var counts = new SortedDictionary<string, long>(StringComparer.Ordinal);
        var others = string.Join(
            " AND ", builtTypes.Select(type => $"WorkflowType != {Quote(type)}").Prepend(OpenRuns));
        var options = new WorkflowListOptions
        {
            Limit = OthersListed,
            Rpc = new() { CancellationToken = cancellationToken },
        };
        await foreach (var run in client.ListWorkflowsAsync(others, options).ConfigureAwait(false))
        {
            counts[run.WorkflowType] = counts.GetValueOrDefault(run.WorkflowType) + 1;
        }

        return counts;
    }

    internal const string OpenRuns = "CloseTime IS NULL";

    internal const string ClosedRuns = "CloseTime IS NOT NULL";

    internal static string Quote(string text) =>
        $"'{text.Replace(@"\", @"\\", StringComparison.Ordinal).Replace("'", "''", StringComparison.Ordinal)}'";

    internal static string Quote(DateTimeOffset time) =>
        $"'{time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'", CultureInfo.InvariantCulture)}'";

    private static string QueryFor(HistorySample sample, string? type, string standing)
    {
        var conditions = new List<string> { standing };
        if (type is not null)
        {
            conditions.Add($"WorkflowType = {Quote(type)}");
        }

        if (sample.StartedFrom is { } from)
        {
            conditions.Add($"StartTime >= {Quote(from)}");
        }

        if (sample.StartedBefore is { } before)
        {
            conditions.Add($"StartTime < {Quote(before)}");
        }

        return string.Join(" AND ", conditions);
    }

    private static string[] StandingsOf(RunChoice runs) => runs switch
    {
        RunChoice.All => [OpenRuns, ClosedRuns],
        RunChoice.Open => [OpenRuns],
        RunChoice.Closed => [ClosedRuns],
        _ => [$"ExecutionStatus = '{runs}'"],
    };

    /// <summary>The history of a run that was listed; null when it is kept no more.</summary>
    internal static async Task<RecordedRun?> FetchAsync(
        ITemporalClient client, WorkflowExecution listed, CancellationToken cancellationToken)
    {
        try
        {
            var history = await client.GetWorkflowHandle(listed.Id, listed.RunId)
                .FetchHistoryAsync(new() { Rpc = new() { CancellationToken = cancellationToken } })
                .ConfigureAwait(false);
            return RecordedRun.Of(history, listed.RunId);
        }
        catch (RpcException gone) when (gone.Code == RpcException.StatusCode.NotFound)
        {
            // Its retention ended after it was listed.
            return null;
        }
    }
}
