using AugmentedOS.Workflows.Errors;
using AugmentedOS.Workflows.Polling;
using Temporalio.Workflows;

namespace AugmentedOS.Samples.Polling;

[Workflow]
internal sealed class CardWorkflow
{
    // Asks all the time. The activity loops, and another attempt goes on when its worker dies.
    [WorkflowRun]
    public Task<string> RunAsync() => Workflow.ExecuteActivityAsync(
        (Systems systems) => systems.WaitForCardAsync(),
        Poll.Frequent(interval: Systems.Interval, deadline: TimeSpan.FromMinutes(2)));
}

[Workflow]
internal sealed class ClearingWorkflow
{
    // Asks every day for a week. However often that is, it is one activity in history.
    [WorkflowRun]
    public Task<string> RunAsync(string payment) => Workflow.ExecuteActivityAsync(
        (Systems systems) => systems.Receipt(payment),
        Poll.Infrequent(interval: TimeSpan.FromDays(1), deadline: TimeSpan.FromDays(7)));
}

[Workflow]
internal sealed class ParcelWorkflow
{
    // Asks after an hour, two, four, eight, and then every half day; a few questions in each run.
    [WorkflowRun]
    public Task<string> RunAsync(string deliveredTo, PollProgress? progress) => Poll.PeriodicallyAsync(
        () => Workflow.ExecuteActivityAsync((Systems systems) => systems.Parcel(deliveredTo), RetryPresets.ExternalApi()),
        new()
        {
            Interval = TimeSpan.FromHours(1),
            Backoff = 2,
            MaxInterval = TimeSpan.FromHours(12),
            Deadline = TimeSpan.FromDays(14),
            QuestionsPerRun = 3,
        },
        progress,
        next => Workflow.CreateContinueAsNewException((ParcelWorkflow workflow) => workflow.RunAsync(deliveredTo, next)));
}

[Workflow]
internal sealed class OrderWorkflow
{
    // The child's many runs are one line in the history of its parent.
    [WorkflowRun]
    public async Task<string> RunAsync(string deliveredTo)
    {
        try
        {
            return await Workflow.ExecuteChildWorkflowAsync(
                (ParcelWorkflow parcel) => parcel.RunAsync(deliveredTo, null), new() { Id = $"parcel for {deliveredTo}" });
        }
        catch (Exception exception) when (Poll.IsDeadline(exception))
        {
            return $"parcel for {deliveredTo} is lost";
        }
    }
}
