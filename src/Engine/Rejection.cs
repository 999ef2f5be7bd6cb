using Google.Protobuf;
using Grpc.Core;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.ErrorDetails.V1;

namespace AugmentedOS.Engine;

/// <summary>An expected refusal: a value that becomes a gRPC status. Never thrown inside the engine.</summary>
/// <param name="Code">The gRPC status code.</param>
/// <param name="Message">The status text, word for word what an SDK user gets from a Temporal server.</param>
/// <param name="Detail">The <c>temporal.api.errordetails.v1</c> message that SDKs unpack, when there is one.</param>
internal sealed record Rejection(StatusCode Code, string Message, IMessage? Detail = null)
{
    public static Rejection InvalidArgument(string message) => new(StatusCode.InvalidArgument, message);

    public static Rejection NotFound(string message) => new(StatusCode.NotFound, message, new NotFoundFailure());

    public static Rejection FailedPrecondition(string message) => new(StatusCode.FailedPrecondition, message);

    public static Rejection WorkflowNotReady(string message) =>
        new(StatusCode.FailedPrecondition, message, new WorkflowNotReadyFailure());

    public static Rejection Unimplemented(string message) => new(StatusCode.Unimplemented, message);

    /// <summary>A failure of the machine below (disk, file): retryable, and nothing was lost or half done.</summary>
    public static Rejection Unavailable(string message) => new(StatusCode.Unavailable, message);

    public static Rejection PermissionDenied(string message, string reason = "") =>
        new(StatusCode.PermissionDenied, message, new PermissionDeniedFailure { Reason = reason });

    public static Rejection ResourceExhausted(
        ResourceExhaustedCause cause, string message, ResourceExhaustedScope scope = ResourceExhaustedScope.Namespace) =>
        new(StatusCode.ResourceExhausted, message, new ResourceExhaustedFailure { Cause = cause, Scope = scope });

    public static Rejection NamespaceNotFound(string name) => new(
        StatusCode.NotFound,
        $"Namespace {name} is not found.",
        new NamespaceNotFoundFailure { Namespace = name });

    public static Rejection AlreadyStarted(string message, string startRequestId, RunId run) => new(
        StatusCode.AlreadyExists,
        message,
        new WorkflowExecutionAlreadyStartedFailure { StartRequestId = startRequestId, RunId = run.ToString() });

    public static Rejection WorkflowNotFound(WorkflowKey workflow) =>
        NotFound($"workflow not found for ID: {workflow.WorkflowId}");

    public static Rejection RunNotFound(WorkflowKey workflow, RunId run) => NotFound(
        $"workflow execution not found for workflow ID \"{workflow.WorkflowId}\" and run ID \"{run}\"");

    public static Rejection AlreadyCompleted() => NotFound("workflow execution already completed");

    public static Rejection WorkflowTaskNotFound() => NotFound("Workflow task not found.");
}
