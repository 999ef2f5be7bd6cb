using System.Collections.Concurrent;
using AugmentedOS.Pilot.Workflows;
using Temporalio.Api.Enums.V1;
using Temporalio.Client;
using Temporalio.Exceptions;

namespace AugmentedOS.Pilot.Run;

/// <summary>Starts a review for each file that is handed in, and waits for what became of it.</summary>
internal sealed class Reception(ITemporalClient client, PilotOptions options)
{
    private const int AtOnce = 8;

    private readonly ConcurrentDictionary<string, Task<ReviewReport>> _reviews = new(StringComparer.Ordinal);

    private int _doneBefore;

    public int Received => _reviews.Count;

    /// <summary>How many of the files that were handed in had been reviewed to their end before.</summary>
    public int DoneBefore => _doneBefore;

    public int Done => _reviews.Values.Count(review => review.IsCompleted);

    /// <summary>Finds the reviews that an earlier run left open. They go on by themselves; it waits for them.</summary>
    public async Task<int> ResumeAsync(CancellationToken cancelled)
    {
        var query = $"WorkflowType = '{nameof(ReceiptReview)}' AND ExecutionStatus = 'Running'";
        var listing = new WorkflowListOptions { Rpc = new() { CancellationToken = cancelled } };
        var resumed = 0;
        await foreach (var open in client.ListWorkflowsAsync(query, listing))
        {
            Follow(open.Id, cancelled);
            resumed++;
        }

        return resumed;
    }

    public Task HandInAsync(IEnumerable<ReviewRequest> requests, CancellationToken cancelled) => Parallel.ForEachAsync(
        requests,
        new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancelled },
        (request, stop) => new ValueTask(HandInAsync(request, stop)));

    /// <summary>Waits for every review that was handed in so far.</summary>
    /// <exception cref="WorkflowFailedException">A review failed, which none should.</exception>
    public Task<ReviewReport[]> WaitAsync() => Task.WhenAll(_reviews.Values);

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

    private void Follow(string workflowId, CancellationToken cancelled) => _reviews.GetOrAdd(
        workflowId,
        id => client.GetWorkflowHandle<ReceiptReview>(id).GetResultAsync<ReviewReport>(
            rpcOptions: new() { CancellationToken = cancelled }));
}
