using Temporalio.Common;
using Temporalio.Workflows;

namespace AugmentedOS.Workflows.Debouncing;

/// <summary>The activity that a ready workflow calls with what it let through.</summary>
/// <param name="Activity">Its name: the method's, without <c>Async</c>, unless <c>[Activity("…")]</c> says
/// otherwise.</param>
/// <param name="TaskQueue">Where its worker listens.</param>
/// <param name="StartToClose">How long one attempt may take. More than zero.</param>
/// <param name="MaximumAttempts">How often it is tried; 0 for as long as it takes. When they are used up, the workflow
/// fails and what it held is in its history alone.</param>
public sealed record ActionTarget(string Activity, string TaskQueue, TimeSpan StartToClose, int MaximumAttempts = 0)
{
    internal void Check()
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(Activity);
        ArgumentException.ThrowIfNullOrWhiteSpace(TaskQueue);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(StartToClose, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfNegative(MaximumAttempts);
    }

    internal Task CallAsync(object argument) => Workflow.ExecuteActivityAsync(
        Activity,
        [argument],
        new ActivityOptions
        {
            TaskQueue = TaskQueue,
            StartToCloseTimeout = StartToClose,
            RetryPolicy = new RetryPolicy { MaximumAttempts = MaximumAttempts },
        });
}
