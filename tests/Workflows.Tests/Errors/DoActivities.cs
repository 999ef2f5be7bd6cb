using Temporalio.Activities;

namespace AugmentedOS.Workflows.Tests.Errors;

/// <summary>An activity that does what the test says.</summary>
public sealed class DoActivities(Func<ActivityExecutionContext, Task<string>> work)
{
    public DoActivities(Func<int, Exception?> fail)
        : this(context => fail(context.Info.Attempt) is { } exception
            ? Task.FromException<string>(exception)
            : Task.FromResult($"attempt {context.Info.Attempt}"))
    {
    }

    /// <summary>Never fails.</summary>
    public static DoActivities Succeeding => new((int _) => null);

    [Activity]
    public Task<string> DoAsync() => work(ActivityExecutionContext.Current);
}
