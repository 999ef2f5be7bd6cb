using AugmentedOS.Engine.Api.Binding;
using AugmentedOS.Engine.Api.History;
using AugmentedOS.Engine.Executions;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.WorkflowService.V1;

namespace AugmentedOS.Engine.Api.Nexus.Standalone;

/// <summary>Waits until an operation has started or ended. Empty when the wait was too long: ask again.</summary>
internal sealed class PollNexusOperationExecution(OperationAccess access, RunWait wait)
    : IRpc<PollNexusOperationExecutionRequest, PollNexusOperationExecutionResponse>
{
    public async ValueTask<Answer<PollNexusOperationExecutionResponse>> AnswerAsync(
        PollNexusOperationExecutionRequest request, Call call)
    {
        if (access.Enter(request.Namespace, out var ns) is { } refusal)
        {
            return refusal;
        }

        if (Problem(request) is { } problem)
        {
            return Rejection.InvalidArgument(problem);
        }

        var found = await wait.UntilAsync(
            OperationAccess.KeyOf(ns, request.OperationId),
            OperationAccess.RunOf(request.RunId),
            state => IsReached(state, request.WaitStage),
            call).ConfigureAwait(false);
        if (found.IsRejected)
        {
            return OperationAccess.Translate(found.Rejection, request.OperationId);
        }

        return IsReached(found.Response, request.WaitStage)
            ? Of(found.Response)
            : new PollNexusOperationExecutionResponse();
    }

    private static bool IsReached(RunState state, NexusOperationWaitStage stage) =>
        state.IsClosed
        || (stage == NexusOperationWaitStage.Started && OperationInfo.OperationOf(state).IsStarted);

    private static PollNexusOperationExecutionResponse Of(RunState state)
    {
        var response = new PollNexusOperationExecutionResponse
        {
            RunId = state.Key.Run.ToString(),
            OperationToken = OperationInfo.OperationOf(state).Token,
            WaitStage = state.IsClosed ? NexusOperationWaitStage.Closed : NexusOperationWaitStage.Started,
        };
        if (!state.IsClosed)
        {
            return response;
        }

        if (OperationInfo.FailureOf(state) is { } failure)
        {
            response.Failure = failure;
        }
        else
        {
            response.Result = state.Nexus.Standalone!.Result;
        }

        return response;
    }

    private string? Problem(PollNexusOperationExecutionRequest request)
    {
        if (!Enum.IsDefined(request.WaitStage))
        {
            return $"unsupported wait_stage: {request.WaitStage}";
        }

        return OperationChecks.Id(request.OperationId, access.Limits.In(request.Namespace)) ?? OperationChecks.Run(request.RunId);
    }
}
