using AugmentedOS.Engine.Executions.Inputs;
using AugmentedOS.Engine.Executions.Resetting;
using AugmentedOS.Engine.Executions.Versioning;
using AugmentedOS.Engine.Runtime;
using Grpc.Core;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.ErrorDetails.V1;
using Temporalio.Api.WorkflowService.V1;

namespace AugmentedOS.Engine.Executions.Deliveries;

/// <summary>A parent starts a child. Only a refusal is reported back: that the child started, it announces itself
/// (<see cref="AnnounceToParent"/>), so that the news survives a crash between the two.</summary>
internal sealed record StartChild(RunKey Source, PendingChild Child, ParentInfo Parent, Priority? Priority)
    : Delivery(Source, Child.InitiatedEventId)
{
    public static StartChild Of(RunState parent, PendingChild child) => new(
        parent.Key,
        child,
        new ParentInfo(
            parent.Key.Namespace,
            child.Attributes.Namespace,
            parent.Key.ToExecution(),
            child.InitiatedEventId,
            parent.Started.RootWorkflowExecution ?? parent.Key.ToExecution())
        {
            Versioning = Inheritance.Source.Of(parent),
            Time = child.Attributes.TimeSkippingStatePropagation,
            FormerRuns = parent.Origin?.FormerRuns ?? [],
            IsReattached = child.InitiatedEventId < parent.Origin?.ForkEventId,
            Replaces = parent.Origin is { } origin && origin.ReplacedChildren.Contains(
                ResetOrigin.NameOf(child.Attributes.WorkflowType.Name, child.Attributes.WorkflowId)),
        },
        PriorityRules.Merge(parent.Options.Priority, child.Attributes.Priority));

    public override bool IsDue(RunState source) =>
        source.IsRunning && source.Children.TryGetValue(Id, out var child) && child.Run is null;

    public override Input ToInput() => new StartExecution(
        new WorkflowKey(Source.Namespace, Child.Attributes.WorkflowId), ToRequest(), Parent);

    public override Input? OnOutcome(Outcome outcome) =>
        outcome.IsRejected ? new RecordChildStartFailed(Source, Id, CauseOf(outcome.Rejection)) : null;

    private StartWorkflowExecutionRequest ToRequest() => new()
    {
        Namespace = Child.Attributes.Namespace,
        WorkflowId = Child.Attributes.WorkflowId,
        WorkflowType = Child.Attributes.WorkflowType,
        TaskQueue = Child.Attributes.TaskQueue,
        Input = Child.Attributes.Input,
        Header = Child.Attributes.Header,
        WorkflowExecutionTimeout = Child.Attributes.WorkflowExecutionTimeout,
        WorkflowRunTimeout = Child.Attributes.WorkflowRunTimeout,
        WorkflowTaskTimeout = Child.Attributes.WorkflowTaskTimeout,
        RequestId = RequestId,
        WorkflowIdReusePolicy =
            Parent.Replaces ? WorkflowIdReusePolicy.AllowDuplicate : Child.Attributes.WorkflowIdReusePolicy,
        WorkflowIdConflictPolicy =
            Parent.Replaces ? WorkflowIdConflictPolicy.TerminateExisting : WorkflowIdConflictPolicy.Fail,
        RetryPolicy = Child.Attributes.RetryPolicy,
        CronSchedule = Child.Attributes.CronSchedule,
        Memo = Child.Attributes.Memo,
        SearchAttributes = Child.Attributes.SearchAttributes,
        UserMetadata = Child.UserMetadata,
        VersioningOverride = Child.Attributes.VersioningOverride,
        Priority = Priority,
        TimeSkippingConfig = Child.Attributes.TimeSkippingConfig,
    };

    private static StartChildWorkflowExecutionFailedCause CauseOf(Rejection refusal) => refusal switch
    {
        { Code: StatusCode.AlreadyExists } => StartChildWorkflowExecutionFailedCause.WorkflowAlreadyExists,
        { Detail: NamespaceNotFoundFailure } => StartChildWorkflowExecutionFailedCause.NamespaceNotFound,
        _ => StartChildWorkflowExecutionFailedCause.Unspecified,
    };
}
