using Temporalio.Api.Batch.V1;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.WorkflowService.V1;
using Temporalio.Client;
using Temporalio.Exceptions;

namespace AugmentedOS.Workflows.ParkingLot;

/// <summary>A batch operation of the server that retries workflows.</summary>
public sealed class RetryBatch
{
    private const int MostWorkflows = 1_000;

    private readonly ITemporalClient _client;

    private RetryBatch(ITemporalClient client, string jobId)
    {
        _client = client;
        JobId = jobId;
    }

    /// <summary>Names it to the server.</summary>
    public string JobId { get; }

    /// <summary>How far it has come.</summary>
    /// <exception cref="RpcException">The server does not have it any more (<c>NOT_FOUND</c>), or cannot be
    /// reached.</exception>
    public async Task<RetryBatchProgress> DescribeAsync(CancellationToken cancellationToken = default)
    {
        var described = await _client.WorkflowService.DescribeBatchOperationAsync(
            new DescribeBatchOperationRequest { Namespace = _client.Options.Namespace, JobId = JobId },
            new() { CancellationToken = cancellationToken }).ConfigureAwait(false);
        return new(
            described.State == BatchOperationState.Running,
            described.TotalOperationCount,
            described.CompleteOperationCount,
            described.FailureOperationCount);
    }

    /// <summary>Stops it; what was retried stays retried.</summary>
    public Task StopAsync(string reason, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(reason);
        return _client.WorkflowService.StopBatchOperationAsync(
            new StopBatchOperationRequest { Namespace = _client.Options.Namespace, JobId = JobId, Reason = reason },
            new() { CancellationToken = cancellationToken });
    }

    internal static async Task<RetryBatch> StartAsync(
        ITemporalClient client,
        string jobId,
        IReadOnlyCollection<ParkedWorkflow> workflows,
        RetryOptions options,
        CancellationToken cancellationToken)
    {
        var request = new StartBatchOperationRequest
        {
            Namespace = client.Options.Namespace,
            JobId = jobId,
            Reason = options.Reason,
            MaxOperationsPerSecond = (float)options.PerSecond,
            ResetOperation = new BatchOperationReset { Options = Options(options.From) },
        };
        var batch = new RetryBatch(client, jobId);
        if (await batch.ExistsAsync(cancellationToken).ConfigureAwait(false))
        {
            return batch;
        }

#pragma warning disable CS0612 // Servers that do not know its successor are in use.
        request.Executions.Add(Checked(workflows).Select(
            workflow =>
                new Temporalio.Api.Common.V1.WorkflowExecution
                {
                    WorkflowId = workflow.WorkflowId,
                    RunId = workflow.RunId
                }));
#pragma warning restore CS0612
        try
        {
            await client.WorkflowService.StartBatchOperationAsync(
                request, new() { CancellationToken = cancellationToken })
                .ConfigureAwait(false);
        }
        catch (RpcException exists) when (exists.Code == RpcException.StatusCode.AlreadyExists)
        {
            // Somebody else started it in this moment: that is the one.
        }

        return batch;
    }

    /// <summary>Asked before it is started: while it runs, a server would refuse it as one batch operation too
    /// many.</summary>
    private async Task<bool> ExistsAsync(CancellationToken cancellationToken)
    {
        try
        {
            var described = await _client.WorkflowService.DescribeBatchOperationAsync(
                new DescribeBatchOperationRequest { Namespace = _client.Options.Namespace, JobId = JobId },
                new() { CancellationToken = cancellationToken }).ConfigureAwait(false);
#pragma warning disable CS0612 // Servers call it by its older name or its newer one.
            return described.OperationType is BatchOperationType.Reset or BatchOperationType.ResetWorkflow
#pragma warning restore CS0612
                ? true
                : throw new InvalidOperationException(
                    $"The batch operation \"{JobId}\" exists and is a {described.OperationType}: choose another job "
                    + "id.");
        }
        catch (RpcException absent) when (absent.Code == RpcException.StatusCode.NotFound)
        {
            return false;
        }
    }

    private static IReadOnlyCollection<ParkedWorkflow> Checked(IReadOnlyCollection<ParkedWorkflow> workflows) =>
        workflows.Count switch
        {
            0 => throw new ArgumentException(
                "There is nothing to retry: find workflows first, and start a batch only if there are any.",
                nameof(workflows)),
            > MostWorkflows => throw new ArgumentException(
                $"{workflows.Count} workflows are more than a server takes at once: start a batch for each "
                    + $"{MostWorkflows}, or use RetryAllAsync.",
                nameof(workflows)),
            _ => workflows,
        };

    private static ResetOptions Options(RetryFrom from) => from switch
    {
        RetryFrom.Beginning => new() { FirstWorkflowTask = new() },
        RetryFrom.LastTask => new() { LastWorkflowTask = new() },
        _ => throw new ArgumentException(
            $"A batch operation cannot retry from {from}: set RetryOptions.From to Beginning or LastTask, or use "
            + "RetryAllAsync.", nameof(from)),
    };
}
