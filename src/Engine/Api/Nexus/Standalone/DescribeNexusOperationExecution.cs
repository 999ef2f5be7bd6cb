using AugmentedOS.Engine.Api.Binding;
using AugmentedOS.Engine.Api.History;
using AugmentedOS.Engine.Api.Tokens;
using AugmentedOS.Engine.Executions;
using Temporalio.Api.WorkflowService.V1;

namespace AugmentedOS.Engine.Api.Nexus.Standalone;

/// <summary>Shows an operation; with a token, once it has changed since.</summary>
internal sealed class DescribeNexusOperationExecution(OperationAccess access, RunWait wait, TimeProvider time)
    : IRpc<DescribeNexusOperationExecutionRequest, DescribeNexusOperationExecutionResponse>
{
    public async ValueTask<Answer<DescribeNexusOperationExecutionResponse>> AnswerAsync(
        DescribeNexusOperationExecutionRequest request, Call call)
    {
        if (access.Enter(request.Namespace, out var ns) is { } refusal)
        {
            return refusal;
        }

        var key = OperationAccess.KeyOf(ns, request.OperationId);
        if (Problem(request, key, out var seen) is { } problem)
        {
            return Rejection.InvalidArgument(problem);
        }

        var found = await wait.UntilAsync(
            key,
            OperationAccess.RunOf(request.RunId),
            state => seen is not { } token || state.Transitions > token.Transitions,
            call).ConfigureAwait(false);
        if (found.IsRejected)
        {
            return OperationAccess.Translate(found.Rejection, request.OperationId);
        }

        var operation = found.Response;
        return seen is { } before && operation.Transitions <= before.Transitions
            ? new DescribeNexusOperationExecutionResponse()
            : Describe(request, operation);
    }

    private string? Problem(
        DescribeNexusOperationExecutionRequest request, WorkflowKey key, out SeenToken? seen)
    {
        seen = null;
        if (OperationChecks.Id(request.OperationId, access.Limits.In(request.Namespace)) is { } badId)
        {
            return badId;
        }

        if (request.LongPollToken.IsEmpty)
        {
            return OperationChecks.Run(request.RunId);
        }

        if (request.RunId.Length == 0)
        {
            return "run_id is required when long_poll_token is provided";
        }

        if (OperationChecks.Run(request.RunId) is { } badRun)
        {
            return badRun;
        }

        if (!SeenToken.TryDecode(request.LongPollToken, out var token))
        {
            return "invalid long poll token";
        }

        seen = token;
        return token.Space != key.Namespace || token.Run != OperationAccess.RunOf(request.RunId)
            ? "long poll token does not match execution"
            : null;
    }

    private DescribeNexusOperationExecutionResponse Describe(
        DescribeNexusOperationExecutionRequest request, RunState state)
    {
        var response = new DescribeNexusOperationExecutionResponse
        {
            RunId = state.Key.Run.ToString(),
            Info = OperationInfo.Of(state, Instant.From(time.GetUtcNow())),
            LongPollToken = SeenToken.Of(state).Encode(),
        };
        if (request.IncludeInput)
        {
            response.Input = OperationInfo.OperationOf(state).Attributes.Input;
        }

        if (request.IncludeOutcome && state.IsClosed)
        {
            if (OperationInfo.FailureOf(state) is { } failure)
            {
                response.Failure = failure;
            }
            else
            {
                response.Result = state.Nexus.Standalone!.Result;
            }
        }

        return response;
    }
}
