using Temporalio.Activities;
using Temporalio.Common;
using Temporalio.Exceptions;
using Temporalio.Workflows;

namespace AugmentedOS.Engine.Tests.Api;

/// <summary>One branch for each thing that a worker and the engine do together.</summary>
[Workflow]
public sealed class ProcessingWorkflow
{
    private const int OneMebibyte = 1024 * 1024;

    [WorkflowRun]
    public async Task<string> RunAsync(string what, int step)
    {
        switch (what)
        {
            case "child":
                return await Workflow.ExecuteChildWorkflowAsync((ProcessingWorkflow wf) => wf.RunAsync("echo", step));
            case "chain" when step < 3:
                throw Workflow.CreateContinueAsNewException((ProcessingWorkflow wf) => wf.RunAsync("chain", step + 1));
            case "retry":
                return await Workflow.ExecuteActivityAsync(() => FailTwiceAsync(), Options());
            case "heartbeat":
                return await Workflow.ExecuteActivityAsync(() => ContinueFromHeartbeatAsync(), Options());
            case "outside":
                return await Workflow.ExecuteActivityAsync(() => CompleteOutsideAsync(), Options());
            case "cancel":
                await Workflow.DelayAsync(TimeSpan.FromHours(1));
                return "not reached";
            case "fail":
                throw new ApplicationFailureException("broken", "Broken", nonRetryable: true);
            case "large":
                // Each is small enough to keep; together they make a message that is too large to send.
                var texts = Enumerable.Range(0, step)
                    .Select(n => Workflow.ExecuteActivityAsync(() => LengthAsync(new string('x', OneMebibyte)), Options()));
                return string.Join(',', await Workflow.WhenAllAsync(texts));
            case "fan":
                var all = Enumerable.Range(0, step)
                    .Select(n => Workflow.ExecuteActivityAsync(() => EchoAsync(n), Options()));
                return string.Join(',', await Workflow.WhenAllAsync(all));
            default:
                return $"{what}-{step}";
        }
    }

    [Activity]
    public static Task<int> LengthAsync(string text) => Task.FromResult(text.Length);

    [Activity]
    public static Task<int> EchoAsync(int number) => Task.FromResult(number);

    [Activity]
    public static Task<string> FailTwiceAsync() => ActivityExecutionContext.Current.Info.Attempt < 3
        ? throw new ApplicationFailureException("again")
        : Task.FromResult($"attempt {ActivityExecutionContext.Current.Info.Attempt}");

    [Activity]
    public static async Task<string> ContinueFromHeartbeatAsync()
    {
        var context = ActivityExecutionContext.Current;
        if (context.Info.HeartbeatDetails.Count > 0)
        {
            return await context.Info.HeartbeatDetailAtAsync<string>(0);
        }

        context.Heartbeat("half way");
        throw new ApplicationFailureException("lost");
    }

    [Activity]
    public static Task<string> CompleteOutsideAsync() => throw new CompleteAsyncException();

    private static ActivityOptions Options() => new()
    {
        ScheduleToCloseTimeout = TimeSpan.FromSeconds(60),
        RetryPolicy = new RetryPolicy { InitialInterval = TimeSpan.FromMilliseconds(10) },
    };
}
