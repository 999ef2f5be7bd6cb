using Temporalio.Api.WorkflowService.V1;

namespace AugmentedOS.Engine.Executions.Starting;

/// <summary>The two requests in one.</summary>
internal static class SignalWithStart
{
    /// <summary>Whether this request is the one that started the run.</summary>
    public static bool IsRetry(RunState state, SignalWithStartWorkflowExecutionRequest request) =>
        request.RequestId.Length > 0 && request.RequestId == state.StartRequestId;

    public static StartWorkflowExecutionRequest ToStart(SignalWithStartWorkflowExecutionRequest request)
    {
        var start = new StartWorkflowExecutionRequest
        {
            Namespace = request.Namespace,
            WorkflowId = request.WorkflowId,
            WorkflowType = request.WorkflowType,
            TaskQueue = request.TaskQueue,
            Input = request.Input,
            WorkflowExecutionTimeout = request.WorkflowExecutionTimeout,
            WorkflowRunTimeout = request.WorkflowRunTimeout,
            WorkflowTaskTimeout = request.WorkflowTaskTimeout,
            Identity = request.Identity,
            RequestId = request.RequestId,
            WorkflowIdReusePolicy = request.WorkflowIdReusePolicy,
            WorkflowIdConflictPolicy = request.WorkflowIdConflictPolicy,
            RetryPolicy = request.RetryPolicy,
            CronSchedule = request.CronSchedule,
            Memo = request.Memo,
            SearchAttributes = request.SearchAttributes,
            Header = request.Header,
            WorkflowStartDelay = request.WorkflowStartDelay,
            UserMetadata = request.UserMetadata,
            VersioningOverride = request.VersioningOverride,
            Priority = request.Priority,
            TimeSkippingConfig = request.TimeSkippingConfig,
        };
        start.Links.AddRange(request.Links);
        return start;
    }

    public static SignalWorkflowExecutionRequest ToSignal(SignalWithStartWorkflowExecutionRequest request)
    {
        var signal = new SignalWorkflowExecutionRequest
        {
            SignalName = request.SignalName,
            Input = request.SignalInput,
            Identity = request.Identity,
            RequestId = request.RequestId,
            Header = request.Header,
        };
        signal.Links.AddRange(request.Links);
        return signal;
    }
}
