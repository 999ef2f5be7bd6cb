using Temporalio.Api.WorkflowService.V1;

namespace AugmentedOS.Engine.Executions.Starting;

/// <summary>Whether a start request may become an input.</summary>
internal static class StartValidation
{
    public static Rejection? Check(StartWorkflowExecutionRequest request) =>
        request.WorkflowId.Length == 0 ? Rejection.InvalidArgument("WorkflowId is not set on request.") : null;
}
