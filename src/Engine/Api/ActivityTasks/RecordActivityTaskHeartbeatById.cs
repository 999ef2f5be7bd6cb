using AugmentedOS.Engine.Api.Binding;
using AugmentedOS.Engine.Executions.Inputs;
using Temporalio.Api.WorkflowService.V1;

namespace AugmentedOS.Engine.Api.ActivityTasks;

/// <summary>A running activity is alive; the answer says whether it was cancelled; named by ids, from outside a worker.</summary>
internal sealed class RecordActivityTaskHeartbeatById(ActivityAnswers answers)
    : IRpc<RecordActivityTaskHeartbeatByIdRequest, RecordActivityTaskHeartbeatByIdResponse>
{
    public async ValueTask<Answer<RecordActivityTaskHeartbeatByIdResponse>> AnswerAsync(
        RecordActivityTaskHeartbeatByIdRequest request, Call call)
    {
        if (answers.ById(
            request.Namespace, request.WorkflowId, request.RunId, request.ActivityId, request.Identity,
            out var workflow, out var run, out var target) is { } refusal)
        {
            return refusal;
        }

        var outcome = await answers
            .SubmitAsync(new RecordActivityHeartbeat(
                workflow, run, target, request.Details, request.Identity))
            .ConfigureAwait(false);
        if (outcome.IsRejected)
        {
            return outcome.Rejection;
        }

        var heartbeat = (RecordedActivityHeartbeat)outcome.Reply;
        return new RecordActivityTaskHeartbeatByIdResponse
        {
            CancelRequested = heartbeat.IsCancelRequested,
            ActivityPaused = heartbeat.IsPaused,
            ActivityReset = heartbeat.IsReset,
        };
    }
}
