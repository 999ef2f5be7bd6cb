using Temporalio.Api.Failure.V1;

namespace AugmentedOS.Engine.Executions.Updates;

/// <summary>Failures with which the engine itself ends an update. SDKs and their users match these texts and types.</summary>
internal static class UpdateFailures
{
    /// <summary>The worker completed the task that brought the update and said nothing of it.</summary>
    public static Failure Unprocessed() => Of(
        "UnprocessedUpdate",
        "Workflow Update is rejected because it wasn't processed by worker. Probably, Workflow Update is not supported "
        + "by the worker.");

    /// <summary>The workflow accepted the update and closed before it was done.</summary>
    public static Failure WorkflowCompleted() => Of(
        "AcceptedUpdateCompletedWorkflow",
        "Workflow Update failed because the Workflow completed before the Update completed.");

    private static Failure Of(string type, string message) => new()
    {
        Message = message,
        Source = "Server",
        ApplicationFailureInfo = new ApplicationFailureInfo { Type = type, NonRetryable = true },
    };
}
