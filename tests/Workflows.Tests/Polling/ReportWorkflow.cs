using AugmentedOS.Workflows.Polling;
using Temporalio.Activities;
using Temporalio.Workflows;

namespace AugmentedOS.Workflows.Tests.Polling;

/// <summary>Waits for a report in one of three ways.</summary>
[Workflow]
public sealed class ReportWorkflow
{
    public enum Way
    {
        Frequent,
        Infrequent,
        Periodic,
    }

    private static readonly PeriodicPollOptions Periodic = new()
    {
        Interval = TimeSpan.FromHours(1),
        Backoff = 2,
        MaxInterval = TimeSpan.FromHours(4),
        Deadline = TimeSpan.FromDays(1),
        QuestionsPerRun = 3,
    };

    [WorkflowRun]
    public Task<string> RunAsync(Way way, PollProgress? progress = null) => way switch
    {
        Way.Frequent => Workflow.ExecuteActivityAsync(
            (Office office) => office.LoopAsync(), Poll.Frequent(TimeSpan.FromMilliseconds(1), TimeSpan.FromMinutes(10))),
        Way.Infrequent => Workflow.ExecuteActivityAsync(
            (Office office) => office.Fetch(), Poll.Infrequent(TimeSpan.FromHours(1), TimeSpan.FromDays(1))),
        _ => Poll.PeriodicallyAsync(
            () => Workflow.ExecuteActivityAsync(
                (Office office) => office.Ask(), new() { StartToCloseTimeout = TimeSpan.FromMinutes(1) }),
            Periodic,
            progress,
            next => Workflow.CreateContinueAsNewException((ReportWorkflow workflow) => workflow.RunAsync(way, next))),
    };

    /// <summary>Has the report ready when it was asked for so many times.</summary>
    public sealed class Office(int readyAt, TimeSpan? askAgainAfter = null)
    {
        private int _asked;

        public int Asked => _asked;

        [Activity]
        public PollAnswer<string> Ask() => Interlocked.Increment(ref _asked) >= readyAt
            ? PollAnswer.Ready("the report")
            : PollAnswer.NotYet<string>(askAgainAfter);

        [Activity]
        public Task<string> LoopAsync() =>
            Poll.UntilReadyAsync(_ => Task.FromResult(Ask()), TimeSpan.FromMilliseconds(1));

        [Activity]
        public string Fetch() => Ask() is { IsReady: true } answer ? answer.Value! : throw Poll.NotYet("the report", askAgainAfter);
    }
}
