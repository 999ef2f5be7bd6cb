using AugmentedOS.Workflows.Errors;
using Temporalio.Exceptions;
using Temporalio.Workflows;

namespace AugmentedOS.Workflows.Tests.Errors;

/// <summary>Runs the activity, in a child of a child if it is told to, and says what it read where it is told to
/// catch.</summary>
[Workflow]
public sealed class DoWorkflow
{
    [WorkflowRun]
    public async Task<string> RunAsync(Plan plan)
    {
        try
        {
            var below = plan with { Depth = plan.Depth - 1 };
            var result = plan.Depth > 0
                ? await Workflow.ExecuteChildWorkflowAsync((DoWorkflow child) => child.RunAsync(below))
                : await Workflow.ExecuteActivityAsync((DoActivities does) => does.DoAsync(), Options(plan));
            return $"{result} after {(Workflow.UtcNow - Workflow.Info.StartTime).TotalMinutes:0} min";
        }
        catch (FailureException exception) when (plan.IsCaught && plan.Depth == 0)
        {
            var error = WorkflowError.From(exception);
            return $"{error.Kind} {error.Code} of {error.ActivityType}: {error.UserMessage}";
        }
    }

    private static ActivityOptions Options(Plan plan) => RetryPresets.For(plan.Preset, options =>
    {
        options.RetryPolicy!.MaximumAttempts = plan.MaximumAttempts;
        options.StartToCloseTimeout = plan.StartToClose ?? options.StartToCloseTimeout;
        options.ScheduleToCloseTimeout = plan.ScheduleToClose ?? options.ScheduleToCloseTimeout;
        options.ScheduleToStartTimeout = plan.ScheduleToStart;
        options.HeartbeatTimeout = plan.Heartbeat;
        options.TaskQueue = plan.ActivityQueue;
        options.CancellationType = plan.IsPatient
            ? ActivityCancellationType.WaitCancellationCompleted
            : ActivityCancellationType.TryCancel;
    });

    public sealed record Plan
    {
        public DependencyKind Preset { get; init; }

        public int MaximumAttempts { get; init; } = 3;

        public TimeSpan? StartToClose { get; init; }

        public TimeSpan? ScheduleToClose { get; init; }

        public TimeSpan? ScheduleToStart { get; init; }

        public TimeSpan? Heartbeat { get; init; }

        public string? ActivityQueue { get; init; }

        public bool IsPatient { get; init; }

        public int Depth { get; init; }

        public bool IsCaught { get; init; }
    }
}
