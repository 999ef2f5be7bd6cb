using AugmentedOS.Workflows.Locks;
using Temporalio.Activities;
using Temporalio.Client;
using Temporalio.Workflows;

namespace AugmentedOS.Samples.Locks;

/// <summary>Three workflows post to one account, one at a time and in the order they asked.</summary>
internal static class LockSample
{
    public static Task RunAsync(TextWriter output, CancellationToken cancellationToken) => SampleEngine.RunAsync(
        worker => worker.AddLocks().AddWorkflow<PostingWorkflow>().AddAllActivities(new Account()),
        async engine =>
        {
            var postings = new List<WorkflowHandle<PostingWorkflow>>();
            for (var i = 1; i <= 3; i++)
            {
                var amount = i * 100;
                postings.Add(await engine.Client.StartWorkflowAsync(
                    (PostingWorkflow workflow) => workflow.RunAsync(amount), SampleEngine.Options($"posting-{i}")));
            }

            var tokens = new List<long>();
            foreach (var posting in postings)
            {
                tokens.Add(await posting.GetResultAsync<long>());
            }

            await output.WriteLineAsync($"{tokens.Distinct().Count()} postings, each with a fencing token of its own.");
        },
        cancellationToken);
}

internal sealed class Account
{
    private long _highestToken;
    private decimal _balance;

    /// <summary>Refuses a holder that was overtaken: the lease cannot stop it, the resource can.</summary>
    [Activity]
    public void Post(decimal amount, long fencingToken)
    {
        if (fencingToken < _highestToken)
        {
            throw new InvalidOperationException("A later holder has been here.");
        }

        _highestToken = fencingToken;
        _balance += amount;
    }
}

[Workflow]
internal sealed class PostingWorkflow
{
    [WorkflowRun]
    public async Task<long> RunAsync(decimal amount)
    {
        await using var held = await DistributedLock.AcquireAsync("account/1");
        var token = held.FencingToken;
        await Workflow.ExecuteActivityAsync(
            (Account account) => account.Post(amount, token),
            new() { StartToCloseTimeout = TimeSpan.FromMinutes(1), CancellationToken = held.Lost });
        return token;
    }
}
