using AugmentedOS.Engine.Api.Binding;
using AugmentedOS.Engine.Api.History;
using Temporalio.Api.WorkflowService.V1;

namespace AugmentedOS.Engine.Api.Activities.Standalone;

/// <summary>Waits until an activity has ended. Empty when the wait was too long: ask again.</summary>
internal sealed class PollActivityExecution(ActivityAccess access, RunWait wait)
    : IRpc<PollActivityExecutionRequest, PollActivityExecutionResponse>
{
    public async ValueTask<Answer<PollActivityExecutionResponse>> AnswerAsync(
        PollActivityExecutionRequest request, Call call)
    {
        if (access.Enter(request.Namespace, out var ns) is { } refusal)
        {
            return refusal;
        }

        if (ActivityChecks.Named(request.ActivityId, request.RunId, access.Limits) is { } problem)
        {
            return Rejection.InvalidArgument(problem);
        }

        var found = await wait.UntilAsync(
            ActivityAccess.KeyOf(ns, request.ActivityId),
            ActivityAccess.RunOf(request.RunId),
            state => state.IsClosed,
            call).ConfigureAwait(false);
        if (found.IsRejected)
        {
            return ActivityAccess.Translate(found.Rejection, request.ActivityId);
        }

        return found.Response is { IsClosed: true } closed
            ? new PollActivityExecutionResponse
            {
                RunId = closed.Key.Run.ToString(),
                PropagatedNexusSerializationContext = closed.Activity!.SerializationContext,
                Outcome = ActivityInfo.OutcomeOf(closed),
            }
            : new PollActivityExecutionResponse();
    }
}
