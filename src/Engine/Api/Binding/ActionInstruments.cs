using System.Diagnostics.Metrics;
using Google.Protobuf;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.Update.V1;
using Temporalio.Api.WorkflowService.V1;

namespace AugmentedOS.Engine.Api.Binding;

/// <summary>Counts what Temporal Cloud bills as actions, by what it calls them.</summary>
internal sealed class ActionInstruments(Meter meter)
{
    private const string MetadataQuery = "__temporal_workflow_metadata";
    private readonly Counter<long> _actions = meter.CreateCounter<long>("action", null, "Actions, by what was done.");

    /// <summary>A call was answered.</summary>
    public void Answered(
        KeyValuePair<string, object?>[] tags, string operation, IMessage request, IMessage response)
    {
        switch (request)
        {
            case StartWorkflowExecutionRequest start:
                Started(tags, operation, start, response as StartWorkflowExecutionResponse);
                break;
            case ExecuteMultiOperationRequest { Operations: [{ StartWorkflow: { } start }, ..] }:
                var responses = (response as ExecuteMultiOperationResponse)?.Responses;
                Started(tags, operation, start, responses is [{ StartWorkflow: { } started }, ..] ? started : null);
                break;
            case RespondWorkflowTaskCompletedRequest completed:
                Completed(tags, completed);
                break;
            case PollActivityTaskQueueRequest:
                if (response is PollActivityTaskQueueResponse { TaskToken.IsEmpty: false, Attempt: > 1 })
                {
                    Add(tags, "activity_retry");
                }

                break;
            case QueryWorkflowRequest { Query.QueryType: MetadataQuery }:
                break;
            case QueryWorkflowRequest or UpdateWorkflowExecutionOptionsRequest or RecordActivityTaskHeartbeatRequest
                or RecordActivityTaskHeartbeatByIdRequest or ResetWorkflowExecutionRequest
                or SignalWorkflowExecutionRequest or SignalWithStartWorkflowExecutionRequest or CreateScheduleRequest
                or UpdateScheduleRequest or DeleteScheduleRequest or PatchScheduleRequest
                or PauseWorkflowExecutionRequest or UnpauseWorkflowExecutionRequest:
                Add(tags, $"grpc_{operation}");
                break;
            default:
                break;
        }
    }

    private void Started(
        KeyValuePair<string, object?>[] tags,
        string operation,
        StartWorkflowExecutionRequest request,
        StartWorkflowExecutionResponse? response)
    {
        if (response is { Started: true })
        {
            Add(tags, $"grpc_{operation}");
        }
        else if (response is not null
            && request is { WorkflowIdConflictPolicy: WorkflowIdConflictPolicy.UseExisting, OnConflictOptions: not null })
        {
            Add(tags, $"grpc_{operation}_UpdateWorkflowExecutionOptions");
        }
    }

    private void Completed(KeyValuePair<string, object?>[] tags, RespondWorkflowTaskCompletedRequest request)
    {
        foreach (var command in request.Commands)
        {
            if (IsAction(command.CommandType))
            {
                Add(tags, $"command_{command.CommandType}");
            }

            // A child counts twice.
            if (command.CommandType == CommandType.StartChildWorkflowExecution)
            {
                Add(tags, $"command_{command.CommandType}_Extra");
            }
        }

        if (request.Commands.Any(command => command.CommandType == CommandType.RecordMarker))
        {
            Add(tags, "command_BatchMarkers");
        }

        foreach (var message in request.Messages)
        {
            if (message.Body?.Is(Acceptance.Descriptor) == true)
            {
                Add(tags, "message_UpdateWorkflowExecution:Acceptance");
            }
            else if (message.Body?.Is(Temporalio.Api.Update.V1.Rejection.Descriptor) == true)
            {
                Add(tags, "message_UpdateWorkflowExecution:Rejection");
            }
        }
    }

    private static bool IsAction(CommandType type) => type is CommandType.StartTimer or CommandType.ScheduleActivityTask
        or CommandType.StartChildWorkflowExecution or CommandType.SignalExternalWorkflowExecution
        or CommandType.UpsertWorkflowSearchAttributes or CommandType.ModifyWorkflowProperties
        or CommandType.ContinueAsNewWorkflowExecution or CommandType.ScheduleNexusOperation
        or CommandType.RequestCancelNexusOperation;

    private void Add(KeyValuePair<string, object?>[] tags, string action) =>
        _actions.Add(1, [.. tags, new("action_type", action)]);
}
