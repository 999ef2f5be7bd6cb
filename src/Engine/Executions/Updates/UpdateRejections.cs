using Temporalio.Api.Enums.V1;

namespace AugmentedOS.Engine.Executions.Updates;

/// <summary>Why an update cannot be, or is not, carried out.</summary>
internal static class UpdateRejections
{
    /// <summary>The workflow is over, and nobody will answer.</summary>
    public static Rejection AbortedByClosing() => Rejection.NotFound("workflow update was aborted by closing workflow");

    /// <summary>The workflow goes on in another run: tried again, the update gets there.</summary>
    public static Rejection Closing() => Rejection.ResourceExhausted(
        ResourceExhaustedCause.BusyWorkflow,
        "workflow operation can not be applied because workflow is closing");

    /// <summary>The run left memory, and with it the update.</summary>
    public static Rejection Lost() => Rejection.Unavailable("workflow update was aborted");

    /// <summary>The worker's answer was no good. The workflow task is tried again; the update is not.</summary>
    public static Rejection TaskFailed() => Rejection.WorkflowNotReady(
        "Unable to perform workflow execution update due to unexpected workflow task failure.");

    public static Rejection Failing() => Rejection.WorkflowNotReady(
        "Unable to perform workflow execution update due to Workflow Task in failed state.");

    public static Rejection Paused() => Rejection.FailedPrecondition("Workflow is paused. Cannot update the workflow.");

    public static Rejection NotFound(string updateId) => Rejection.NotFound($"update \"{updateId}\" not found");
}
