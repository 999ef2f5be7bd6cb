using System.Runtime.CompilerServices;
using AugmentedOS.Workflows.ParkingLot.Histories;
using Temporalio.Api.Enums.V1;
using Temporalio.Client;
using Temporalio.Exceptions;

namespace AugmentedOS.Workflows.ParkingLot;

/// <summary>Workflows that failed for good: found, explained, and retried by reset, one or a thousand.</summary>
/// <remarks>
/// It keeps nothing: what is parked is what the server's visibility says, so that it works on each engine and cluster.
/// Retrying is idempotent: a workflow that has a later run is left alone, and two operators who retry the same run at
/// the same time make one new run. Thread safe.
/// </remarks>
public sealed class WorkflowParkingLot
{
    private readonly ITemporalClient _client;
    private readonly TimeProvider _clock;

    /// <summary>The parking lot of the client's namespace.</summary>
    /// <param name="clock">Paces retries of many; the system's when null.</param>
    public WorkflowParkingLot(ITemporalClient client, TimeProvider? clock = null)
    {
        ArgumentNullException.ThrowIfNull(client);
        _client = client;
        _clock = clock ?? TimeProvider.System;
    }

    /// <summary>Looks for failed workflows, the newest first. Those that were retried or started again are not among
    /// them.</summary>
    /// <exception cref="ArgumentException">The query makes no sense.</exception>
    /// <exception cref="RpcException">The server refuses the query, or cannot be reached.</exception>
    public async IAsyncEnumerable<ParkedWorkflow> FindAsync(
        ParkingLotQuery? query = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        query ??= new();
        var left = query.Limit ?? int.MaxValue;
        var listed = _client.ListWorkflowsAsync(
            query.ToVisibilityQuery(), new() { Rpc = new() { CancellationToken = cancellationToken } });
        await foreach (var execution in listed.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            if (left == 0)
            {
                yield break;
            }

            var current = await CurrentAsync(execution.Id, cancellationToken).ConfigureAwait(false);
            if (current?.RunId == execution.RunId
                && await ReadAsync(execution, cancellationToken).ConfigureAwait(false) is { } parked
                    && query.Matches(parked.Error))
            {
                left--;
                yield return parked;
            }
        }
    }

    /// <summary>Reads a failed run's history and says why it failed, and what can be done.</summary>
    /// <param name="runId">The run; the workflow's last when null.</param>
    /// <exception cref="InvalidOperationException">It did not fail.</exception>
    /// <exception cref="RpcException">There is no such workflow (<c>NOT_FOUND</c>), or the server cannot be
    /// reached.</exception>
    public async Task<FailureExplanation> ExplainAsync(
        string workflowId, string? runId = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(workflowId);
        var rpc = new RpcOptions { CancellationToken = cancellationToken };
        var execution = await _client.GetWorkflowHandle(workflowId, runId).DescribeAsync(new() { Rpc = rpc })
            .ConfigureAwait(false);
        if (!ParkingLotQuery.CanFail(execution.Status))
        {
            throw new InvalidOperationException(
                $"The workflow \"{workflowId}\" did not fail: it is {execution.Status}. Ask for one that ended as "
                    + "Failed, TimedOut, Terminated or Canceled, or for an earlier run by its run id.");
        }

        var history = await RunHistory.FetchAsync(
            _client.GetWorkflowHandle(workflowId, execution.RunId), cancellationToken).ConfigureAwait(false);
        var error = await RunHistory.ReadEndAsync(history.Last, _client.Options.DataConverter).ConfigureAwait(false);
        var current = await CurrentAsync(workflowId, cancellationToken).ConfigureAwait(false);
        var plan = RetryPlan.Of(history, RetryFrom.Automatic);
        return new(
            Parked(execution, error),
            await StepFailures.ReadAsync(history).ConfigureAwait(false),
            current is null || current.RunId == execution.RunId ? null : current.RunId,
            plan.EventId,
            plan.Why);
    }

    /// <summary>Retries one failed workflow by a reset.</summary>
    /// <param name="runId">The run that failed; the workflow's last when null.</param>
    /// <returns>What was done: see <see cref="RetryResult"/>. That it needed nothing, or could not be retried, is not
    /// an exception.
    /// </returns>
    /// <exception cref="RpcException">The server refuses the caller, or cannot be reached.</exception>
    public Task<RetryOutcome> RetryAsync(
        string workflowId, string? runId = null, RetryOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(workflowId);
        options ??= new();
        options.Check();
        return new Retry(_client, options).RunAsync(workflowId, runId, cancellationToken);
    }

    /// <summary>Retries all failed workflows that the query finds, at a pace that a dependency which has just come back
    /// can bear.</summary>
    /// <param name="progress">Told after each workflow.</param>
    /// <exception cref="RpcException">The server refuses the caller, or cannot be reached: call again, and it goes on
    /// with those that are left.</exception>
    public Task<RetryReport> RetryAllAsync(
        ParkingLotQuery query,
        RetryOptions? options = null,
        IProgress<RetryReport>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        return RetryAllAsync(FindAsync(query, cancellationToken), options, progress, cancellationToken);
    }

    /// <summary>Retries these workflows; see
    /// <see cref="RetryAllAsync(ParkingLotQuery, RetryOptions, IProgress{RetryReport}, CancellationToken)"/>.
    /// </summary>
    public Task<RetryReport> RetryAllAsync(
        IAsyncEnumerable<ParkedWorkflow> workflows,
        RetryOptions? options = null,
        IProgress<RetryReport>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(workflows);
        options ??= new();
        options.Check();
        return new Retries(new Retry(_client, options), options, _clock, progress)
            .RunAsync(workflows, cancellationToken);
    }

    /// <summary>Has the server itself retry up to 1,000 workflows in the background, as a batch operation: it goes on
    /// when this process ends. Only from <see cref="RetryFrom.Beginning"/> or <see cref="RetryFrom.LastTask"/>, since a
    /// batch operation cannot look for the step that failed.</summary>
    /// <param name="jobId">Names the batch operation; called again with the same, it finds the one that runs or has
    /// run.</param>
    /// <exception cref="ArgumentException">Another place to retry from, none or too many workflows.</exception>
    /// <exception cref="RpcException">The server refuses it: another batch operation of the namespace runs, for
    /// one.</exception>
    public Task<RetryBatch> StartBatchAsync(
        string jobId,
        IReadOnlyCollection<ParkedWorkflow> workflows,
        RetryOptions options,
        CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(jobId);
        ArgumentNullException.ThrowIfNull(workflows);
        ArgumentNullException.ThrowIfNull(options);
        options.Check();
        return RetryBatch.StartAsync(_client, jobId, workflows, options, cancellationToken);
    }

    internal static ParkedWorkflow Parked(WorkflowExecution execution, Errors.WorkflowError error) => new(
        execution.Id,
        execution.RunId,
        execution.WorkflowType,
        execution.TaskQueue,
        execution.Status,
        new(execution.StartTime, TimeSpan.Zero),
        new(execution.CloseTime ?? execution.StartTime, TimeSpan.Zero),
        error);

    /// <summary>The workflow's last run; null where the server has none any more.</summary>
    private async Task<WorkflowExecution?> CurrentAsync(string workflowId, CancellationToken cancellationToken)
    {
        try
        {
            return await _client.GetWorkflowHandle(workflowId)
                .DescribeAsync(new() { Rpc = new() { CancellationToken = cancellationToken } }).ConfigureAwait(false);
        }
        catch (RpcException gone) when (gone.Code == RpcException.StatusCode.NotFound)
        {
            return null;
        }
    }

    private async Task<ParkedWorkflow?> ReadAsync(WorkflowExecution execution, CancellationToken cancellationToken)
    {
        try
        {
            var close = await _client.GetWorkflowHandle(execution.Id, execution.RunId).FetchHistoryAsync(new()
            {
                EventFilterType = HistoryEventFilterType.CloseEvent,
                Rpc = new() { CancellationToken = cancellationToken },
            }).ConfigureAwait(false);
            var error = await RunHistory.ReadEndAsync(close.Events.Last(), _client.Options.DataConverter)
                .ConfigureAwait(false);
            return Parked(execution, error);
        }
        catch (RpcException gone) when (gone.Code == RpcException.StatusCode.NotFound)
        {
            // Its retention was over between the list and here.
            return null;
        }
    }
}
