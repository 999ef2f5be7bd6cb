using System.Collections.Concurrent;
using AugmentedOS.Pilot.Workflows;
using AugmentedOS.Workflows.ParkingLot;
using AugmentedOS.Workflows.Versioning;
using Temporalio.Api.Enums.V1;
using Temporalio.Client;
using Temporalio.Exceptions;

namespace AugmentedOS.Pilot.Run;

/// <summary>Starts a review for each file that is handed in, and waits for what became of it.</summary>
internal sealed class Reception(ITemporalClient client, PilotOptions options)
{
    private const int AtOnce = 8;

    private readonly ParkingLotQuery _ours = new()
    {
        Where = $"WorkflowType IN ('{nameof(ReceiptReview)}', '{nameof(ReceiptClaim)}') "
            + $"AND TaskQueue = '{options.TaskQueue}'",
    };

    private readonly ConcurrentDictionary<string, Task> _reviews = new(StringComparer.Ordinal);
    private readonly List<Task> _retried = [];
    private readonly WorkflowParkingLot _parkingLot = new(client);

    private int _doneBefore;

    public int Received => _reviews.Count;

    /// <summary>How many of the files that were handed in had been reviewed to their end before.</summary>
    public int DoneBefore => _doneBefore;

    public int Done => _reviews.Values.Count(review => review.IsCompleted);

    /// <summary>Finds the reviews that an earlier run left open. They go on by themselves; it waits for them.</summary>
    public async Task<int> ResumeAsync(CancellationToken cancelled)
    {
        var resumed = 0;
        await foreach (var open in new InFlightRuns(client).ListAsync(nameof(ReceiptReview), cancelled))
        {
            Follow(open.WorkflowId, cancelled);
            resumed++;
        }

        return resumed;
    }

    /// <summary>Has what failed for good in an earlier run tried again: whoever starts this one may have mended
    /// it.</summary>
    public async Task<int> RetryAsync(CancellationToken cancelled)
    {
        var why = new RetryOptions { Reason = "the pilot was started again" };
        await foreach (var parked in _parkingLot.FindAsync(_ours, cancelled))
        {
            await _parkingLot.RetryAsync(parked.WorkflowId, parked.RunId, why, cancelled);
            _retried.Add(EndOfAsync(parked.WorkflowId, cancelled));
        }

        return _retried.Count;
    }

    public Task HandInAsync(IEnumerable<ReviewRequest> requests, CancellationToken cancelled) => Parallel.ForEachAsync(
        requests,
        new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancelled },
        (request, stop) => new ValueTask(HandInAsync(request, stop)));

    /// <summary>Waits for the end of every review that was handed in so far, however it ends.</summary>
    public Task WaitAsync() => Task.WhenAll([.. _reviews.Values, .. _retried]);

    /// <summary>Why workflows failed for good, a text each. There should be none.</summary>
    public async Task<IReadOnlyList<string>> ExplainFailuresAsync(CancellationToken cancelled)
    {
        var texts = new List<string>();
        await foreach (var parked in _parkingLot.FindAsync(_ours, cancelled))
        {
            texts.Add($"{await _parkingLot.ExplainAsync(parked.WorkflowId, parked.RunId, cancelled)}");
        }

        return texts;
    }

    private async Task HandInAsync(ReviewRequest request, CancellationToken cancelled)
    {
        try
        {
            await client.StartWorkflowAsync(
                (ReceiptReview review) => review.RunAsync(request),
                new(request.WorkflowId, options.TaskQueue)
                {
                    IdReusePolicy = WorkflowIdReusePolicy.RejectDuplicate,
                    IdConflictPolicy = WorkflowIdConflictPolicy.UseExisting,
                    TaskTimeout = TimeSpan.FromSeconds(5),
                    Rpc = new() { CancellationToken = cancelled },
                });
        }
        catch (WorkflowAlreadyStartedException)
        {
            // It was reviewed to its end in an earlier run; what came of it then still holds.
            Interlocked.Increment(ref _doneBefore);
        }

        Follow(request.WorkflowId, cancelled);
    }

    private void Follow(string reviewId, CancellationToken cancelled) =>
        _reviews.GetOrAdd(reviewId, id => EndOfAsync(id, cancelled));

    private async Task EndOfAsync(string workflowId, CancellationToken cancelled)
    {
        try
        {
            var rpc = new RpcOptions { CancellationToken = cancelled };
            await client.GetWorkflowHandle(workflowId).GetResultAsync(rpcOptions: rpc);
        }
        catch (WorkflowFailedException)
        {
            // It is in the parking lot, and is explained at the end.
        }
    }
}
