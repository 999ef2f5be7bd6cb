using System.Text.Json;
using AugmentedOS.Engine.Api.Binding;
using AugmentedOS.Engine.Api.Checks;
using AugmentedOS.Engine.Api.Tokens;
using AugmentedOS.Engine.Executions;
using AugmentedOS.Engine.Nexus.Calls;
using AugmentedOS.Engine.Nexus.Tasks;
using Google.Protobuf;
using Temporalio.Api.Nexus.V1;
using Temporalio.Api.WorkflowService.V1;

namespace AugmentedOS.Engine.Api.Nexus;

/// <summary>A worker has handled a Nexus request.</summary>
internal sealed class RespondNexusTaskCompleted(NamespaceGate gate, NexusDispatcher dispatcher, EngineLimits limits)
    : IRpc<RespondNexusTaskCompletedRequest, RespondNexusTaskCompletedResponse>
{
    public ValueTask<Answer<RespondNexusTaskCompletedResponse>> AnswerAsync(
        RespondNexusTaskCompletedRequest request, Call call)
    {
        var refusal = CheckToken(request.Response?.StartOperation?.AsyncSuccess)
            ?? NexusTaskToken.Decode(request.TaskToken, out var token)
            ?? gate.Enter(request.Namespace, token.Namespace, out _)
            ?? CheckDetails(request.Response?.StartOperation)
            ?? dispatcher.Answer(
                token.Namespace, token.TaskId, new NexusTaskOutcome.Answered(request.Response ?? new Response()));
        return refusal is null
            ? (Answer<RespondNexusTaskCompletedResponse>)new RespondNexusTaskCompletedResponse()
            : (Answer<RespondNexusTaskCompletedResponse>)refusal;
    }

    /// <summary>Whether the details of a failure, in the words of an older SDK, are JSON or absent.</summary>
    public static bool IsJson(ByteString? details)
    {
        if (details is null or { IsEmpty: true })
        {
            return true;
        }

        try
        {
            using var parsed = JsonDocument.Parse(details.Memory, new JsonDocumentOptions { MaxDepth = 512 });
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private Rejection? CheckToken(StartOperationResponse.Types.Async? started)
    {
        if (started is null)
        {
            return null;
        }

        var length = Utf8Length.Of(NexusResults.TokenOf(started));
        if (length == 0)
        {
            return Rejection.InvalidArgument("missing opration token in response");
        }

        return length > limits.MaxNexusTokenLength
            ? Rejection.InvalidArgument(
                $"operation token length exceeds allowed limit ({length}/{limits.MaxNexusTokenLength})")
            : null;
    }

    private static Rejection? CheckDetails(StartOperationResponse? response)
    {
#pragma warning disable CS0612 // Older SDKs answer with it.
        return IsJson(response?.OperationError?.Failure?.Details)
            ? null
            : Rejection.InvalidArgument("failure details must be JSON serializable");
#pragma warning restore CS0612
    }
}
