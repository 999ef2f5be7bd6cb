using AugmentedOS.Workflows.Misuse;
using Temporalio.Exceptions;
using Temporalio.Workflows;

namespace AugmentedOS.Workflows.Waiting;

/// <summary>Waits in a workflow for the end of another one that is not its child. For workflow code only.</summary>
/// <remarks>An activity holds on to the engine for a while, and is tried again until the other workflow has ended: in
/// between no worker is kept, and history does not grow, however long it takes. Chains of continue-as-new, retries and
/// cron are followed to their end.</remarks>
public static class WorkflowWait
{
    /// <summary>Waits for the end.</summary>
    /// <param name="workflowId">Whose end.</param>
    /// <param name="runId">From which run on; null: the latest one.</param>
    /// <param name="options">The defaults when null.</param>
    /// <param name="cancellationToken">Stops waiting, without an effect on the other; the workflow's own when
    /// null.</param>
    /// <returns>How it ended; no end of the other workflow is thrown.</returns>
    /// <exception cref="InvalidOperationException">Not inside a workflow, or a workflow waits for itself.</exception>
    public static async Task<WorkflowEnd> ForEndAsync(
        string workflowId, string? runId = null, WaitOptions? options = null,
        CancellationToken? cancellationToken = null)
    {
        InWorkflow.Require("WorkflowWait.ForEndAsync");
        ArgumentException.ThrowIfNullOrWhiteSpace(workflowId);
        if (workflowId == Workflow.Info.WorkflowId)
        {
            throw new InvalidOperationException(
                $"Workflow {workflowId} waits for its own end, which would never come.");
        }

        options ??= new();
        options.Check();
        var request = new WaitRequest(workflowId, runId, options.LongPollOrDefault, options.PauseOrDefault);
        try
        {
            return await Workflow.ExecuteActivityAsync(() => WaitActivities.WaitAsync(request), new()
            {
                TaskQueue = options.TaskQueue,
                ScheduleToCloseTimeout = options.Timeout,
                StartToCloseTimeout = options.LongPollOrDefault + TimeSpan.FromMinutes(2),
                HeartbeatTimeout = WaitActivities.Beat * 6,
                CancellationToken = cancellationToken,
            });
        }
        catch (ActivityFailureException failure) when (IsStillOpen(failure.InnerException))
        {
            return new(WorkflowEndKind.StillOpen);
        }
    }

    private static bool IsStillOpen(Exception? failure) => failure switch
    {
        ApplicationFailureException application => application.ErrorType == WaitActivities.StillOpenType,
        TimeoutFailureException => true,
        _ => false,
    };
}
