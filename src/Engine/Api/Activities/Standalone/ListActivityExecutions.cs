using System.Text.Json;
using AugmentedOS.Engine.Api.Binding;
using AugmentedOS.Engine.Api.Visibility;
using AugmentedOS.Engine.Executions.StandaloneActivities;
using Temporalio.Api.Activity.V1;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Workflow.V1;
using Temporalio.Api.WorkflowService.V1;

namespace AugmentedOS.Engine.Api.Activities.Standalone;

/// <summary>The activities that match a query, latest first.</summary>
internal sealed class ListActivityExecutions(ActivityAccess access, SpaceLists lists)
    : IRpc<ListActivityExecutionsRequest, ListActivityExecutionsResponse>
{
    public ValueTask<Answer<ListActivityExecutionsResponse>> AnswerAsync(
        ListActivityExecutionsRequest request, Call call)
    {
        if (access.Enter(request.Namespace, out var ns) is { } refusal)
        {
            return (Answer<ListActivityExecutionsResponse>)refusal;
        }

        var listed = lists.List(ns, request.Query, request.PageSize, request.NextPageToken);
        if (listed.IsRejected)
        {
            return (Answer<ListActivityExecutionsResponse>)listed.Rejection;
        }

        var response = new ListActivityExecutionsResponse { NextPageToken = listed.Response.NextPageToken };
        response.Executions.AddRange(listed.Response.Runs.Select(Of));
        return (Answer<ListActivityExecutionsResponse>)response;
    }

    private static ActivityExecutionListInfo Of(WorkflowExecutionInfo run)
    {
        var attributes = run.SearchAttributes?.IndexedFields ?? [];
        var info = new ActivityExecutionListInfo
        {
            ActivityId = run.Execution.WorkflowId,
            RunId = run.Execution.RunId,
            ActivityType = new ActivityType
            {
                Name = attributes.TryGetValue(ActivityRun.ActivityType, out var type)
                    ? JsonSerializer.Deserialize<string>(type.Data.Span) ?? ""
                    : "",
            },
            TaskQueue = run.TaskQueue,
            Status = ActivityInfo.StatusOf(run.Status),
            ScheduleTime = run.StartTime,
            ExecutionTime = run.ExecutionTime,
            CloseTime = run.CloseTime,
            ExecutionDuration = run.CloseTime is { } closed
                ? (Instant.From(closed) - Instant.From(run.StartTime)).ToProto()
                : null,
            StateTransitionCount = run.StateTransitionCount,
            StateSizeBytes = run.HistorySizeBytes,
            SearchAttributes = new SearchAttributes(),
        };
        info.SearchAttributes.IndexedFields.Add(attributes
            .Where(a => !ActivityRun.Attributes.Contains(a.Key))
            .ToDictionary(StringComparer.Ordinal));
        return info;
    }
}
