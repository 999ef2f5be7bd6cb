using AugmentedOS.Workflows.Deadlines;
using Temporalio.Activities;
using Temporalio.Exceptions;
using Temporalio.Workflows;

namespace AugmentedOS.Workflows.Tests.Deadlines;

public sealed record DeadlineCase(
    TimeSpan Work, bool AbortsAt120 = true, bool WarnFails = false, bool CleansUpToAResult = false);

public sealed record DeadlineResult(string Said, TimeSpan Took, DeadlineStatus Status);

public sealed class DeadlineActivities
{
    [Activity]
    public Task TellAsync(string what, bool fails) => fails
        ? throw new ApplicationFailureException($"no mail server for {what}", nonRetryable: true)
        : Task.CompletedTask;
}

/// <summary>Ten hours for work that takes as long as it is told.</summary>
[Workflow]
public sealed class DeadlineWorkflow
{
    private readonly Deadline _deadline = Deadline.After(TimeSpan.FromHours(10));

    [WorkflowRun]
    public async Task<DeadlineResult> RunAsync(DeadlineCase given)
    {
        var start = Workflow.UtcNow;
        _deadline.At(1, "escalate", token => TellAsync("escalate", false, token));
        _deadline.At(0.5, "warn", token => TellAsync("warn", given.WarnFails, token));
        if (given.AbortsAt120)
        {
            _deadline.AbortAt(1.2);
        }

        string said;
        try
        {
            said = await _deadline.RunAsync(token => WorkAsync(given, token));
        }
        catch (DeadlineExceededException late)
        {
            said = late.ErrorType!;
        }

        return new(said, Workflow.UtcNow - start, _deadline.Status);
    }

    [WorkflowUpdate]
    public Task<bool> ExtendAsync(TimeSpan by) => Task.FromResult(_deadline.Extend(by));

    [WorkflowQuery]
    public DeadlineStatus Status() => _deadline.Status;

    private static async Task<string> WorkAsync(DeadlineCase given, CancellationToken token)
    {
        try
        {
            await Workflow.DelayAsync(given.Work, token);
            return "done";
        }
        catch (OperationCanceledException) when (given.CleansUpToAResult)
        {
            return "half";
        }
    }

    private static Task TellAsync(string what, bool fails, CancellationToken token) => Workflow.ExecuteActivityAsync(
        (DeadlineActivities activities) => activities.TellAsync(what, fails),
        new() { StartToCloseTimeout = TimeSpan.FromMinutes(1), CancellationToken = token });
}

/// <summary>Lets the deadline's exception go through.</summary>
[Workflow]
public sealed class BareDeadlineWorkflow
{
    [WorkflowRun]
    public Task RunAsync() => Deadline.After(TimeSpan.FromHours(1)).AbortAt().RunAsync(
        token => Workflow.DelayAsync(TimeSpan.FromDays(1), token));
}

/// <summary>Its warning goes to somebody who does not answer.</summary>
[Workflow]
public sealed class SlowWarningWorkflow
{
    [WorkflowRun]
    public async Task<DeadlineStatus> RunAsync()
    {
        var deadline = Deadline.After(TimeSpan.FromHours(2)).At(
            0.5, "warn", token => Workflow.DelayAsync(TimeSpan.FromDays(30), token));
        await deadline.RunAsync(token => Workflow.DelayAsync(TimeSpan.FromHours(1.5), token));
        return deadline.Status;
    }
}
