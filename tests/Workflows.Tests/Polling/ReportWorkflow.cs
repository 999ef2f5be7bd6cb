using AugmentedOS.Workflows.Polling;
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

    public static PeriodicPollOptions Periodic { get; } = new()
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
            (Office office) => office.LoopAsync(), Poll.Frequent(Office.Step, TimeSpan.FromMinutes(10))),
        Way.Infrequent => Workflow.ExecuteActivityAsync(
            (Office office) => office.Fetch(), Poll.Infrequent(TimeSpan.FromHours(1), TimeSpan.FromDays(1))),
        _ => Poll.PeriodicallyAsync(
            () => Workflow.ExecuteActivityAsync(
                (Office office) => office.Ask(), new() { StartToCloseTimeout = TimeSpan.FromMinutes(1) }),
            Periodic,
            progress,
            next => Workflow.CreateContinueAsNewException((ReportWorkflow workflow) => workflow.RunAsync(way, next))),
    };
}
