using System.Collections.Concurrent;
using AugmentedOS.Workflows.Batches;
using AugmentedOS.Workflows.Errors;
using Temporalio.Activities;

namespace AugmentedOS.Workflows.Tests.Batches;

/// <summary>Pages of numbers, and who got a letter how often.</summary>
public sealed class Letters
{
    private int _underWay;

    /// <summary>By the letters' keys: the other side drops a second one, and counts that it came.</summary>
    public ConcurrentDictionary<string, int> Sent { get; } = [];

    public ConcurrentDictionary<int, bool> Unknown { get; } = [];

    /// <summary>Each fails this often before it is sent.</summary>
    public ConcurrentDictionary<int, int> Hiccups { get; } = [];

    /// <summary>Customers that have left.</summary>
    public ConcurrentDictionary<int, bool> Gone { get; } = [];

    /// <summary>Customers that came while the batch ran.</summary>
    public int Newcomers { get; set; }

    public int MostUnderWay { get; private set; }

    /// <summary>The customers at whom the worker waits for the test, after the letter was sent.</summary>
    public Func<int, bool> HoldsAt { get; set; } = _ => false;

    public TaskCompletionSource Holds { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public TaskCompletionSource GoesOn { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    [Activity]
    public BatchPage<int> Read(MailingWorkflow.Plan plan, string? cursor)
    {
        var from = int.Parse(cursor ?? "0");
        var end = plan.Customers + Newcomers;
        var to = Math.Min(from + plan.PageSize, end);
        return new([.. Enumerable.Range(from, to - from).Where(customer => !Gone.ContainsKey(customer))], to < end ? $"{to}" : null);
    }

    [Activity]
    public async Task SendAsync(string key, int customer)
    {
        Count(+1);
        try
        {
            if (Unknown.ContainsKey(customer))
            {
                throw Fail.NotFound($"no customer {customer}");
            }

            if (Hiccups.AddOrUpdate(customer, 0, (_, left) => left - 1) > 0)
            {
                throw Fail.Transient($"the post is closed for {customer}");
            }

            Sent.AddOrUpdate(key, 1, (_, times) => times + 1);
            if (HoldsAt(customer))
            {
                Holds.TrySetResult();
                await GoesOn.Task.WaitAsync(ActivityExecutionContext.Current.CancellationToken);
            }
        }
        finally
        {
            Count(-1);
        }
    }

    private void Count(int change)
    {
        lock (Sent)
        {
            _underWay += change;
            MostUnderWay = Math.Max(MostUnderWay, _underWay);
        }
    }
}
