using Temporalio.Api.Enums.V1;

namespace AugmentedOS.Engine.Batch;

/// <summary>The words in which batch operations refuse: a Temporal server keeps them as workflows.</summary>
internal static class BatchRejections
{
    public static Rejection NotFound(string jobId) => Rejection.NotFound($"workflow not found for ID: {jobId}");

    public static Rejection AlreadyExists(BatchState known)
    {
        var ids = $"WorkflowId: {known.Key.Id}, RunId: {known.Incarnation:D}.";
        return Rejection.AlreadyStarted(
            known.IsRunning
                ? $"Workflow execution is already running. {ids}"
                : $"Workflow execution already finished. {ids} Workflow Id reuse policy: reject duplicate workflow Id.",
            "",
            new RunId(known.Incarnation));
    }

    public static Rejection TooMany() => Rejection.ResourceExhausted(
        ResourceExhaustedCause.ConcurrentLimit, "Max concurrent batch operations is reached");
}
