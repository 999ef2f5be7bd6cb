using System.Collections.Immutable;
using AugmentedOS.Engine.Executions.Facts;
using AugmentedOS.Engine.Visibility;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.History.V1;
using Temporalio.Api.WorkflowService.V1;

namespace AugmentedOS.Engine.Executions.Nexus;

/// <summary>Operations that no workflow called, as runs whose only content they are.</summary>
internal static class StandaloneOperations
{
    public const string Endpoint = "Endpoint";
    public const string Service = "Service";
    public const string Operation = "Operation";
    public const string OperationId = "OperationId";
    /// <summary>The id that its handler sees with every attempt; not that of the start request.</summary>
    public const string RequestId = "RequestId";

    /// <summary>What stands where workflows have their type.</summary>
    public const string TypeName = "__temporal_standalone_nexus_operation__";

    /// <summary>By what lists find operations, besides a namespace's own attributes.</summary>
    public static ImmutableArray<string> Attributes { get; } = [Endpoint, Service, Operation, OperationId, RequestId];

    public static Draft Begin(
        WorkflowKey key, StartNexusOperationExecutionRequest request, string endpointId, DecisionContext context)
    {
        var run = new RunId(context.Ids.Next());
        var requestId = context.Ids.Next().ToString("D");
        var started = new WorkflowExecutionStartedEventAttributes
        {
            WorkflowId = key.WorkflowId,
            WorkflowType = new WorkflowType { Name = TypeName },
            TaskQueue = new(),
            OriginalExecutionRunId = run.ToString(),
            FirstExecutionRunId = run.ToString(),
            Identity = request.Identity,
            Attempt = 1,
            SearchAttributes = AttributesOf(key, request, requestId, context),
        };
        var draft = Draft.Begin(
            new RunKey(key, run),
            new HistoryEvent
            {
                WorkflowExecutionStartedEventAttributes = started,
                UserMetadata = request.UserMetadata,
            },
            request.RequestId,
            context);
        draft.Emit(new StandaloneOperationBegan(request.Identity));
        draft.Record(EventType.NexusOperationScheduled, e =>
            e.NexusOperationScheduledEventAttributes = Scheduled(request, endpointId, requestId, context.Limits));
        return draft;
    }

    /// <summary>Closes the run of an operation that has ended.</summary>
    public static void CloseIfEnded(Draft draft, EventType ended)
    {
        if (draft.State.Nexus.Standalone is not { } operation || draft.State.IsClosed)
        {
            return;
        }

        switch (ended)
        {
            case EventType.NexusOperationCompleted:
                draft.Record(EventType.WorkflowExecutionCompleted, e => e.WorkflowExecutionCompletedEventAttributes = new());
                break;
            case EventType.NexusOperationFailed:
                draft.Record(EventType.WorkflowExecutionFailed, e => e.WorkflowExecutionFailedEventAttributes =
                    new WorkflowExecutionFailedEventAttributes
                    {
                        Failure = operation.Failure,
                        RetryState = RetryState.RetryPolicyNotSet,
                    });
                break;
            case EventType.NexusOperationCanceled:
                draft.Record(EventType.WorkflowExecutionCanceled, e => e.WorkflowExecutionCanceledEventAttributes = new());
                break;
            case EventType.NexusOperationTimedOut:
                draft.Record(EventType.WorkflowExecutionTimedOut, e => e.WorkflowExecutionTimedOutEventAttributes =
                    new WorkflowExecutionTimedOutEventAttributes { RetryState = RetryState.Timeout });
                break;
            default:
                throw new InvalidOperationException($"{draft.State.Key}: {ended} ends no operation.");
        }
    }

    private static NexusOperationScheduledEventAttributes Scheduled(
        StartNexusOperationExecutionRequest request, string endpointId, string requestId, EngineLimits limits)
    {
        var times = NexusTimes.Of(
            request.ScheduleToCloseTimeout,
            request.ScheduleToStartTimeout,
            request.StartToCloseTimeout,
            runTimeout: TimeSpan.Zero,
            limits);
        var scheduled = new NexusOperationScheduledEventAttributes
        {
            Endpoint = request.Endpoint,
            EndpointId = endpointId,
            Service = request.Service,
            Operation = request.Operation,
            Input = request.Input,
            ScheduleToCloseTimeout = times.ScheduleToClose,
            ScheduleToStartTimeout = times.ScheduleToStart,
            StartToCloseTimeout = times.StartToClose,
            RequestId = requestId,
        };
        NexusHeaders.CopyInLowerCase(request.NexusHeader, scheduled.NexusHeader);
        return scheduled;
    }

    private static SearchAttributes AttributesOf(
        WorkflowKey key, StartNexusOperationExecutionRequest request, string requestId, DecisionContext context)
    {
        var attributes = RunSearchAttributes.Of(request.SearchAttributes, key.Namespace, context)?.Clone() ?? new();
        attributes.IndexedFields[Endpoint] = SearchAttributePayload.Keyword(request.Endpoint);
        attributes.IndexedFields[Service] = SearchAttributePayload.Keyword(request.Service);
        attributes.IndexedFields[Operation] = SearchAttributePayload.Keyword(request.Operation);
        attributes.IndexedFields[OperationId] = SearchAttributePayload.Keyword(request.OperationId);
        attributes.IndexedFields[RequestId] = SearchAttributePayload.Keyword(requestId);
        return attributes;
    }
}
