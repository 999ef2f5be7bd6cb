using AugmentedOS.Workflows.Replay;
using Temporalio.Client;
using Temporalio.Exceptions;

namespace AugmentedOS.Workflows.Versioning;

/// <summary>Moves runs that go on to another version of their code: by asking them, or by resetting them.</summary>
/// <param name="client">A client of the namespace.</param>
public sealed class InFlightRuns(ITemporalClient client)
{
    /// <summary>The open runs of a workflow type, as visibility knows them.</summary>
    public async IAsyncEnumerable<OpenRun> ListAsync(
        string workflowType,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(workflowType);
        var query = $"{ServerHistories.OpenRuns} AND WorkflowType = {ServerHistories.Quote(workflowType)}";
        var options = new WorkflowListOptions { Rpc = new() { CancellationToken = cancellationToken } };
        await foreach (var run in client.ListWorkflowsAsync(query, options).ConfigureAwait(false))
        {
            yield return new OpenRun(run.Id, run.RunId, run.WorkflowType, run.StartTime);
        }
    }

    /// <summary>Asks the open runs of a workflow type to go on as new runs on the version that is deployed. They do so
    /// when their code comes to it (<see cref="VersionMove"/>); a workflow without a <see cref="VersionMove"/> keeps
    /// the signal and does nothing.</summary>
    /// <returns>Those that were asked. One that ended meanwhile is not among them.</returns>
    /// <exception cref="RpcException">The server refused.</exception>
    public async Task<IReadOnlyList<OpenRun>> AskToMoveAsync(
        string workflowType, CancellationToken cancellationToken = default)
    {
        var asked = new List<OpenRun>();
        await foreach (var run in ListAsync(workflowType, cancellationToken).ConfigureAwait(false))
        {
            try
            {
                await client.GetWorkflowHandle(run.WorkflowId, run.RunId)
                    .SignalAsync(
                        VersionMove.SignalName, [], new() { Rpc = new() { CancellationToken = cancellationToken } })
                    .ConfigureAwait(false);
                asked.Add(run);
            }
            catch (RpcException gone) when (gone.Code == RpcException.StatusCode.NotFound)
            {
                // It has ended since it was listed, so it needs no move.
            }
        }

        return asked;
    }

    /// <summary>Resets a run: a new run takes its place, with what was recorded before the point, and does the rest
    /// again. Signals and updates that came later are applied to it. Activities that were done after the point are done
    /// again.</summary>
    /// <returns>The id of the new run.</returns>
    /// <exception cref="RpcException">The server refused: the run is gone, or the point is none of its
    /// history.</exception>
    public async Task<string> ResetAsync(
        string workflowId, string runId, ResetPoint point, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(workflowId);
        ArgumentNullException.ThrowIfNull(point);
        var answer = await client.WorkflowService.ResetWorkflowExecutionAsync(
            new()
            {
                Namespace = client.Options.Namespace,
                WorkflowExecution = new() { WorkflowId = workflowId, RunId = runId },
                WorkflowTaskFinishEventId = point.EventId,
                Reason = point.Why,
                RequestId = Guid.NewGuid().ToString(),
            },
            new() { CancellationToken = cancellationToken }).ConfigureAwait(false);
        return answer.RunId;
    }

    /// <summary>Resets a run to the last point from which a build can go on with it.</summary>
    /// <returns>The id of the new run; null when the build can go on with the run as it is.</returns>
    /// <exception cref="ReplayException">The build does not have its workflow.</exception>
    /// <exception cref="RpcException">The server refused.</exception>
    public async Task<string?> ResetToLastSafePointAsync(
        OpenRun run,
        WorkflowBuild build,
        HistoryReplayOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(run);
        var history = await client.GetWorkflowHandle(run.WorkflowId, run.RunId)
            .FetchHistoryAsync(new() { Rpc = new() { CancellationToken = cancellationToken } })
            .ConfigureAwait(false);
        var recorded = RecordedRun.Of(history, run.RunId);
        var point = await ResetPoint.LastSafeAsync(build, recorded, options, cancellationToken).ConfigureAwait(false);
        return point is null
            ? null
            : await ResetAsync(run.WorkflowId, run.RunId, point, cancellationToken).ConfigureAwait(false);
    }
}
