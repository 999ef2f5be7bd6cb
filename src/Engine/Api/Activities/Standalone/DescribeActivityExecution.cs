using AugmentedOS.Engine.Api.Binding;
using AugmentedOS.Engine.Api.History;
using AugmentedOS.Engine.Api.Tokens;
using AugmentedOS.Engine.Executions;
using AugmentedOS.Engine.Executions.StandaloneActivities;
using Temporalio.Api.WorkflowService.V1;

namespace AugmentedOS.Engine.Api.Activities.Standalone;

/// <summary>Shows an activity; with a token, once it has changed since. Empty when the wait was too long: ask again.</summary>
internal sealed class DescribeActivityExecution(ActivityAccess access, RunWait wait, TimeProvider time)
    : IRpc<DescribeActivityExecutionRequest, DescribeActivityExecutionResponse>
{
    public async ValueTask<Answer<DescribeActivityExecutionResponse>> AnswerAsync(
        DescribeActivityExecutionRequest request, Call call)
    {
        if (access.Enter(request.Namespace, out var ns) is { } refusal)
        {
            return refusal;
        }

        var key = ActivityAccess.KeyOf(ns, request.ActivityId);
        if (Problem(request, key, out var seen) is { } problem)
        {
            return Rejection.InvalidArgument(problem);
        }

        var found = await wait.UntilAsync(
            key,
            ActivityAccess.RunOf(request.RunId),
            state => seen is not { } token || state.Transitions > token.Transitions,
            call).ConfigureAwait(false);
        if (found.IsRejected)
        {
            return ActivityAccess.Translate(found.Rejection, request.ActivityId);
        }

        var activity = found.Response;
        return seen is { } before && activity.Transitions <= before.Transitions
            ? new DescribeActivityExecutionResponse()
            : Describe(request, activity);
    }

    private string? Problem(DescribeActivityExecutionRequest request, WorkflowKey key, out SeenToken? seen)
    {
        seen = null;
        if (ActivityChecks.Describe(request, access.Limits) is { } problem)
        {
            return problem;
        }

        if (request.LongPollToken.IsEmpty)
        {
            return null;
        }

        if (!SeenToken.TryDecode(request.LongPollToken, out var token))
        {
            return "invalid long poll token";
        }

        seen = token;
        return token.Space != key.Namespace || token.Run != ActivityAccess.RunOf(request.RunId)
            ? "long poll token does not match execution"
            : null;
    }

    private DescribeActivityExecutionResponse Describe(DescribeActivityExecutionRequest request, RunState state)
    {
        var response = new DescribeActivityExecutionResponse
        {
            RunId = state.Key.Run.ToString(),
            Info = ActivityInfo.Of(state, request, Instant.From(time.GetUtcNow())),
            LongPollToken = SeenToken.Of(state).Encode(),
            Input = request.IncludeInput ? ActivityRun.Of(state).Attributes.Input : null,
            Outcome = request.IncludeOutcome ? ActivityInfo.OutcomeOf(state) : null,
        };
        response.Callbacks.AddRange(
            state.Nexus.Callbacks.Values.OrderBy(callback => callback.Number).Select(ActivityInfo.Of));
        return response;
    }
}
