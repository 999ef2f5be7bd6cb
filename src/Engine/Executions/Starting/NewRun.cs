using AugmentedOS.Engine.Executions.TimeSkipping;
using AugmentedOS.Engine.Executions.Versioning;
using Google.Protobuf.Collections;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.History.V1;
using Temporalio.Api.TaskQueue.V1;
using Temporalio.Api.WorkflowService.V1;

namespace AugmentedOS.Engine.Executions.Starting;

/// <summary>Event 1 of a run that somebody asked for (the runs that follow in a chain are made elsewhere).</summary>
internal static class NewRun
{
    public static Draft Begin(
        WorkflowKey workflow, StartWorkflowExecutionRequest request, ParentInfo? parent, DecisionContext context)
    {
        context = context.WithAhead(parent?.Ahead ?? TimeSpan.Zero);
        var run = new RunId(context.Ids.Next());
        var timeouts = StartTimeouts.Resolve(request, context.Limits);
        var started = new HistoryEvent
        {
            UserMetadata = request.UserMetadata,
            WorkflowExecutionStartedEventAttributes = Attributes(workflow, run, request, timeouts, context),
        };
        started.Links.AddRange(LinkRules.Own(request.Links, request.CompletionCallbacks));
        ScheduleFirstTask(started.WorkflowExecutionStartedEventAttributes, request, context);
        if (parent is not null)
        {
            Adopt(started.WorkflowExecutionStartedEventAttributes, parent);
            Inheritance.Adopt(
                started.WorkflowExecutionStartedEventAttributes, workflow.Namespace, parent.Versioning, context);
        }

        var requestId = request.RequestId.Length > 0 ? request.RequestId : context.Ids.Next().ToString("D");
        return Draft.Begin(new RunKey(workflow, run), started, requestId, context);
    }

    private static WorkflowExecutionStartedEventAttributes Attributes(
        WorkflowKey workflow,
        RunId run,
        StartWorkflowExecutionRequest request,
        StartTimeouts timeouts,
        DecisionContext context)
    {
        var attributes = new WorkflowExecutionStartedEventAttributes
        {
            WorkflowId = workflow.WorkflowId,
            WorkflowType = request.WorkflowType,
            TaskQueue = new TaskQueue { Name = request.TaskQueue.Name, Kind = TaskQueueKind.Normal },
            Input = request.Input,
            Header = request.Header,
            WorkflowExecutionTimeout = StartTimeouts.Stated(request.WorkflowExecutionTimeout, timeouts.Execution),
            WorkflowRunTimeout = StartTimeouts.Stated(request.WorkflowRunTimeout, timeouts.Run),
            WorkflowTaskTimeout = timeouts.Task.ToProto(),
            OriginalExecutionRunId = run.ToString(),
            FirstExecutionRunId = run.ToString(),
            Identity = request.Identity,
            RetryPolicy = request.RetryPolicy is null ? null : RetryPolicies.WithDefaults(request.RetryPolicy),
            Attempt = 1,
            CronSchedule = request.CronSchedule,
            ContinuedFailure = request.ContinuedFailure,
            LastCompletionResult = request.LastCompletionResult,
            Memo = WithoutNulls(request.Memo),
            SearchAttributes = RunSearchAttributes.Of(request.SearchAttributes, workflow.Namespace, context),
            VersioningOverride = VersioningOverrides.Modern(request.VersioningOverride),
            Priority = request.Priority,
            TimeSkippingConfig = TimeSkippingRules.WithDefaults(request.TimeSkippingConfig, context.Limits),
        };
        attributes.CompletionCallbacks.AddRange(StartCallbacks.Normalize(request.CompletionCallbacks));
        if (timeouts.Execution > TimeSpan.Zero)
        {
            attributes.WorkflowExecutionExpirationTime = (context.Now + timeouts.Execution).ToTimestamp();
        }

        return attributes;
    }

    private static void ScheduleFirstTask(
        WorkflowExecutionStartedEventAttributes attributes,
        StartWorkflowExecutionRequest request,
        DecisionContext context)
    {
        var backoff = request.WorkflowStartDelay.OrZero();
        if (CronSchedules.Backoff(request.CronSchedule, context.Now) is { } untilTick)
        {
            attributes.Initiator = ContinueAsNewInitiator.CronSchedule;
            backoff = untilTick;
        }

        attributes.FirstWorkflowTaskBackoff = backoff.ToProto();
        attributes.EagerExecutionAccepted = request.RequestEagerExecution
            && backoff == TimeSpan.Zero
            && context.Limits.Features.EagerWorkflowStart;
    }

    private static void Adopt(WorkflowExecutionStartedEventAttributes attributes, ParentInfo parent)
    {
        attributes.ParentWorkflowNamespace = parent.NamespaceName;
        attributes.ParentWorkflowNamespaceId = parent.Namespace.ToString();
        attributes.ParentWorkflowExecution = parent.Execution;
        attributes.ParentInitiatedEventId = parent.InitiatedEventId;
        attributes.RootWorkflowExecution = parent.Root;
        attributes.EagerExecutionAccepted = false;
        attributes.TimeSkippingStatePropagation = parent.Time;
    }

    private static Memo? WithoutNulls(Memo? memo)
    {
        if (memo is null || !HasNull(memo.Fields))
        {
            return memo;
        }

        var kept = new Memo();
        kept.Fields.Add(memo.Fields.Where(f => !NullPayloads.IsNull(f.Value)).ToDictionary());
        return kept;
    }

    private static bool HasNull(MapField<string, Payload> fields) => fields.Values.Any(NullPayloads.IsNull);
}
