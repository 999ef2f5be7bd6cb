using AugmentedOS.Engine.Executions.Starting;
using Temporalio.Api.WorkflowService.V1;

namespace AugmentedOS.Engine.Executions;

/// <summary>Whether a signal request may become an input.</summary>
internal static class SignalValidation
{
    public static Rejection? Check(SignalWorkflowExecutionRequest request, EngineLimits limits)
    {
        if (request.SignalName.Length == 0)
        {
            return Rejection.InvalidArgument("SignalName is not set on request.");
        }

        if (Utf8Length.Of(request.SignalName) > limits.MaxIdLength)
        {
            return Rejection.InvalidArgument("SignalName length exceeds limit.");
        }

        if (Utf8Length.Of(request.RequestId) > limits.MaxIdLength)
        {
            return Rejection.InvalidArgument("RequestId length exceeds limit.");
        }

        if (LinkRules.Problem(request.Links) is { } problem)
        {
            return Rejection.InvalidArgument(problem);
        }

        return request.Input is { } input && input.CalculateSize() > limits.BlobSizeError
            ? Rejection.InvalidArgument("Blob data size exceeds limit.")
            : null;
    }
}
