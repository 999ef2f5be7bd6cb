using AugmentedOS.Workflows.Resilience;
using Temporalio.Activities;

namespace AugmentedOS.Workflows.Tests.Resilience;

/// <summary>An activity that depends on a bank, and does what the test says.</summary>
[Dependency("bank")]
public sealed class BankActivities(Func<ActivityExecutionContext, Task<string>> work)
{
    private int _calls;

    public BankActivities(Func<int, Exception?> fail)
        : this(context => fail(context.Info.Attempt) is { } exception
            ? Task.FromException<string>(exception)
            : Task.FromResult($"attempt {context.Info.Attempt}"))
    {
    }

    /// <summary>How often the bank was really asked.</summary>
    public int Calls => _calls;

    [Activity]
    public Task<string> PayAsync()
    {
        Interlocked.Increment(ref _calls);
        return work(ActivityExecutionContext.Current);
    }

    [Activity, Dependency("fees")]
    public Task<string> FeesAsync() => Task.FromResult("fees");
}
