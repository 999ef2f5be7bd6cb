using AugmentedOS.Engine.Api.Binding;
using AugmentedOS.Engine.Api.Checks;
using AugmentedOS.Engine.Api.Tokens;
using AugmentedOS.Engine.Nexus.Tasks;
using Temporalio.Api.WorkflowService.V1;

namespace AugmentedOS.Engine.Api.Nexus;

/// <summary>A worker could not handle a Nexus request.</summary>
internal sealed class RespondNexusTaskFailed(NamespaceGate gate, NexusDispatcher dispatcher)
    : IRpc<RespondNexusTaskFailedRequest, RespondNexusTaskFailedResponse>
{
    public ValueTask<Answer<RespondNexusTaskFailedResponse>> AnswerAsync(
        RespondNexusTaskFailedRequest request, Call call)
    {
        var refusal = NexusTaskToken.Decode(request.TaskToken, out var token)
            ?? gate.Enter(request.Namespace, token.Namespace, out _)
            ?? Check(request)
            ?? dispatcher.Answer(token.Namespace, token.TaskId, OutcomeOf(request));
        return refusal is null
            ? (Answer<RespondNexusTaskFailedResponse>)new RespondNexusTaskFailedResponse()
            : (Answer<RespondNexusTaskFailedResponse>)refusal;
    }

#pragma warning disable CS0612 // Older SDKs answer with it.
    private static Rejection? Check(RespondNexusTaskFailedRequest request)
    {
        if (request.Error is null && request.Failure is null)
        {
            return Rejection.InvalidArgument("request must contain error or failure");
        }

        if (!RespondNexusTaskCompleted.IsJson(request.Error?.Failure?.Details))
        {
            return Rejection.InvalidArgument("failure details must be JSON serializable");
        }

        return request.Failure is { NexusHandlerFailureInfo: null }
            ? Rejection.InvalidArgument(
                "request Failure must contain error or failure with NexusHandlerFailureInfo")
            : null;
    }

    private static NexusTaskOutcome OutcomeOf(RespondNexusTaskFailedRequest request) => request.Error is { } error
        ? new NexusTaskOutcome.FailedAsError(error)
        : new NexusTaskOutcome.Failed(request.Failure);
#pragma warning restore CS0612
}
