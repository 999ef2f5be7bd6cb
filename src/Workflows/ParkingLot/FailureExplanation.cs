using System.Globalization;
using System.Text;

namespace AugmentedOS.Workflows.ParkingLot;

/// <summary>Why a workflow failed, read from its history, and what can be done about it. <see cref="ToString"/> is for
/// people.</summary>
/// <param name="Workflow">The run and its error.</param>
/// <param name="Steps">The steps that failed, oldest first; the workflow may have gone on after some of them.</param>
/// <param name="RetriedAs">The later run that the workflow has, if it was retried or started again.</param>
/// <param name="RetryEventId">The event that an automatic retry goes back to; null where there is none.</param>
/// <param name="RetryReason">Why there, or why it cannot be retried.</param>
public sealed record FailureExplanation(
    ParkedWorkflow Workflow, IReadOnlyList<FailedStep> Steps, string? RetriedAs, long? RetryEventId, string RetryReason)
{
    private const int StepsShown = 10;

    /// <summary>What an operator does, by the kind of error.</summary>
    public string Advice => Errors.ErrorKinds.Rule(Workflow.Error.Kind).Advice;

    /// <summary>The explanation as text of some lines.</summary>
    public override string ToString()
    {
        var error = Workflow.Error;
        var text = new StringBuilder()
            .Append(CultureInfo.InvariantCulture, $"{Workflow.WorkflowType} \"{Workflow.WorkflowId}\", run "
                + $"{Workflow.RunId}, ended as ")
            .Append(CultureInfo.InvariantCulture, $"{Workflow.Status} on {Workflow.Closed:yyyy-MM-dd HH:mm:ss}Z after ")
            .Append(Durations.Text(Workflow.Closed - Workflow.Started))
            .AppendLine(CultureInfo.InvariantCulture, $", task queue {Workflow.TaskQueue}.")
            .AppendLine(CultureInfo.InvariantCulture, $"Why: {error.Kind} ({error.Code}): {error.Message}");
        if (Steps.Count > StepsShown)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"- {Steps.Count - StepsShown} earlier steps failed as well");
        }

        foreach (var step in Steps.TakeLast(StepsShown))
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"- {step}");
        }

        text.AppendLine(CultureInfo.InvariantCulture, $"Users read: {error.UserMessage}");
        return RetriedAs is null
            ? text.AppendLine(CultureInfo.InvariantCulture, $"What to do: {Advice}")
                .Append(RetryEventId is null ? "It cannot be retried: " : "A retry goes back to event "
                    + $"{RetryEventId}: ")
                .AppendLine(RetryReason).ToString()
            : text.AppendLine(
                CultureInfo.InvariantCulture, $"Nothing to do: the workflow went on as run {RetriedAs}.").ToString();
    }
}
