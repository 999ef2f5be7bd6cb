using System.Text.Json;
using AugmentedOS.Engine.Api.Binding;
using AugmentedOS.Engine.Executions.Nexus;
using Google.Protobuf.Collections;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Nexus.V1;
using Temporalio.Api.Workflow.V1;
using Temporalio.Api.WorkflowService.V1;

namespace AugmentedOS.Engine.Api.Nexus.Standalone;

/// <summary>The operations that match a query, latest first.</summary>
internal sealed class ListNexusOperationExecutions(OperationLists lists)
    : IRpc<ListNexusOperationExecutionsRequest, ListNexusOperationExecutionsResponse>
{
    public ValueTask<Answer<ListNexusOperationExecutionsResponse>> AnswerAsync(
        ListNexusOperationExecutionsRequest request, Call call)
    {
        var listed = lists.List(request.Namespace, request.Query, request.PageSize, request.NextPageToken);
        if (listed.IsRejected)
        {
            return (Answer<ListNexusOperationExecutionsResponse>)listed.Rejection;
        }

        var response = new ListNexusOperationExecutionsResponse { NextPageToken = listed.Response.NextPageToken };
        response.Operations.AddRange(listed.Response.Runs.Select(Of));
        return (Answer<ListNexusOperationExecutionsResponse>)response;
    }

    private static NexusOperationExecutionListInfo Of(WorkflowExecutionInfo run)
    {
        var attributes = run.SearchAttributes?.IndexedFields ?? [];
        var info = new NexusOperationExecutionListInfo
        {
            OperationId = run.Execution.WorkflowId,
            RunId = run.Execution.RunId,
            Endpoint = Text(attributes, StandaloneOperations.Endpoint),
            Service = Text(attributes, StandaloneOperations.Service),
            Operation = Text(attributes, StandaloneOperations.Operation),
            Status = OperationInfo.StatusOf(run.Status),
            ScheduleTime = run.StartTime,
            CloseTime = run.CloseTime,
            ExecutionDuration = run.ExecutionDuration,
            StateTransitionCount = run.StateTransitionCount,
            SearchAttributes = new SearchAttributes(),
        };
        info.SearchAttributes.IndexedFields.Add(attributes
            .Where(a => !StandaloneOperations.Attributes.Contains(a.Key))
            .ToDictionary(StringComparer.Ordinal));
        return info;
    }

    private static string Text(MapField<string, Payload> attributes, string name) =>
        attributes.TryGetValue(name, out var payload) ? JsonSerializer.Deserialize<string>(payload.Data.Span) ?? "" : "";
}
