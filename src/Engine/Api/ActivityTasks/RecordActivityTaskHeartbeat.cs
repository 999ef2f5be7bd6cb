using AugmentedOS.Engine.Api.Binding;
using AugmentedOS.Engine.Executions.Inputs;
using Temporalio.Api.WorkflowService.V1;

namespace AugmentedOS.Engine.Api.ActivityTasks;

/// <summary>A running activity is alive; the answer says whether it was cancelled.</summary>
internal sealed class RecordActivityTaskHeartbeat(ActivityAnswers answers)
    : IRpc<RecordActivityTaskHeartbeatRequest, RecordActivityTaskHeartbeatResponse>
{
    public async ValueTask<Answer<RecordActivityTaskHeartbeatResponse>> AnswerAsync(
        RecordActivityTaskHeartbeatRequest request, Call call)
    {
        if (answers.ByToken(
            request.Namespace, request.TaskToken, request.Identity, out var workflow, out var run, out var target) is { } refusal)
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
        return new RecordActivityTaskHeartbeatResponse
        {
            CancelRequested = heartbeat.IsCancelRequested,
            ActivityPaused = heartbeat.IsPaused,
            ActivityReset = heartbeat.IsReset,
        };
    }
}
