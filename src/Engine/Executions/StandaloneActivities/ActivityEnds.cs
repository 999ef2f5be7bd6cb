using AugmentedOS.Engine.Executions.Nexus;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.Failure.V1;

namespace AugmentedOS.Engine.Executions.StandaloneActivities;

/// <summary>How activities without a workflow end, for those who asked for them.</summary>
internal static class ActivityEnds
{
    public static Failure Canceled(Payloads? details, ActivityRequest? request) => new()
    {
        Message = "Activity canceled",
        CanceledFailureInfo = new CanceledFailureInfo { Details = details, Identity = request?.Identity ?? "" },
    };

    public static Failure Terminated(ActivityRequest request) => new()
    {
        Message = request.Reason,
        TerminatedFailureInfo = new TerminatedFailureInfo { Identity = request.Identity },
    };

    /// <summary>A worker may fail an activity without a word. Its caller has to be able to tell that from none.</summary>
    public static Failure Unsaid() => new() { Message = "activity task failed without failure details" };

    /// <summary>For those who wait for the activity as for a Nexus operation.</summary>
    /// <remarks>The link names no namespace: who makes the call knows its name.</remarks>
    public static NexusCompletion CompletionOf(RunState closed)
    {
        var standalone = closed.Activity!;
        return new NexusCompletion
        {
            Result = standalone.Failure is null
                ? standalone.Result?.Payloads_.FirstOrDefault() ?? NullPayload.Instance
                : null,
            Failure = standalone.Failure,
            IsCanceled = closed.Status == WorkflowExecutionStatus.Canceled,
            StartedAt = closed.StartedAt,
            ClosedAt = Instant.From(closed.CloseEvent!.EventTime),
            Links =
            [
                new Link
                {
                    Activity = new Link.Types.Activity
                    {
                        ActivityId = closed.Key.WorkflowId,
                        RunId = closed.Key.Run.ToString(),
                    },
                },
            ],
        };
    }
}
