using AugmentedOS.Workflows.Batches;
using AugmentedOS.Workflows.Errors;
using Temporalio.Activities;

namespace AugmentedOS.Samples.Batches;

internal sealed class Letters
{
    private const int PageSize = 50;
    private const int WithoutAddress = 666;
    private const int Unknown = 777;

    private int _tries;

    // As "where id > @cursor order by id limit 50" would: the same cursor gives the same page.
    [Activity]
    public BatchPage<int> Read(string? cursor, int customers)
    {
        var last = int.Parse(cursor ?? "0");
        var page = Enumerable.Range(last + 1, Math.Min(PageSize, customers - last)).ToList();
        return new(page, page[^1] < customers ? $"{page[^1]}" : null);
    }

    // The mail server drops a second letter with the same key.
    [Activity]
    public void Send(string key, int customer)
    {
        if (customer == Unknown)
        {
            throw Fail.NotFound($"there is no customer {customer}");
        }

        // Somebody looks it up before the second try, a day later.
        if (customer == WithoutAddress && Interlocked.Increment(ref _tries) == 1)
        {
            throw Fail.Poisoned($"customer {customer} has no address");
        }
    }
}
