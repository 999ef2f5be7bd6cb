using System.Text;
using System.Text.Json.Nodes;
using AugmentedOS.Engine.Executions.Nexus;
using AugmentedOS.Engine.Nexus.Calls;
using AugmentedOS.Engine.Nexus.Tasks;
using AugmentedOS.Engine.Nexus.Wire;
using Google.Protobuf;
using Microsoft.AspNetCore.Http;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.Nexus.V1;
using TemporalFailure = Temporalio.Api.Failure.V1.Failure;
using WireLink = Temporalio.Api.Nexus.V1.Link;

namespace AugmentedOS.Engine.Api.Nexus.Http;

/// <summary>Answers in the Nexus protocol over HTTP. Every answer tells what it came to, for metrics.</summary>
internal sealed class NexusHttpAnswer(HttpContext context)
{
    private const string Json = "application/json";
    private const string Worker = "worker";
    private const string OperationError = "operation error";

    /// <summary>Whether the caller understands failures as Temporal serializes them; others get the cause alone.</summary>
    public bool CallerKnowsFailures { get; } =
        context.Request.Headers[NexusHeaderNames.FailureSupport] == "true";

    /// <summary>What a worker's handling of a start came to.</summary>
    public async Task<string> WriteStartAsync(NexusTaskOutcome outcome)
    {
        if (outcome is not NexusTaskOutcome.Answered { Response: var answer })
        {
            return await WriteFailureAsync(outcome).ConfigureAwait(false);
        }

        var response = answer.StartOperation;
        switch (response?.VariantCase)
        {
            case StartOperationResponse.VariantOneofCase.SyncSuccess:
                AddLinks(response.SyncSuccess.Links);
                await WriteResultAsync(response.SyncSuccess.Payload).ConfigureAwait(false);
                return "sync_success";
            case StartOperationResponse.VariantOneofCase.AsyncSuccess:
                AddLinks(response.AsyncSuccess.Links);
                await WriteAsync(StatusCodes.Status201Created, new JsonObject
                {
                    ["token"] = NexusResults.TokenOf(response.AsyncSuccess),
                    ["state"] = "running",
                }.ToJsonString()).ConfigureAwait(false);
                return "async_success";
            case StartOperationResponse.VariantOneofCase.Failure:
                var state = response.Failure.CanceledFailureInfo is null ? "failed" : "canceled";
                return await WriteUnsuccessfulAsync(state, FailureConversion.ToWire(response.Failure)).ConfigureAwait(false);
#pragma warning disable CS0612 // Older SDKs answer with it.
            case StartOperationResponse.VariantOneofCase.OperationError:
                return await WriteUnsuccessfulAsync(
                    response.OperationError.OperationState, response.OperationError.Failure ?? new Failure())
                    .ConfigureAwait(false);
#pragma warning restore CS0612
            default:
                return await WriteEmptyOutcomeAsync().ConfigureAwait(false);
        }
    }

    /// <summary>What a worker's handling of a cancellation came to.</summary>
    public async Task<string> WriteCancelAsync(NexusTaskOutcome outcome)
    {
        if (outcome is not NexusTaskOutcome.Answered)
        {
            return await WriteFailureAsync(outcome).ConfigureAwait(false);
        }

        context.Response.StatusCode = StatusCodes.Status202Accepted;
        return "success";
    }

    /// <summary>A refusal that no worker is the reason for.</summary>
    public async Task<string> WriteErrorAsync(HandlerRefusal error)
    {
        await WriteHandlerFailureAsync(error.ToFailure()).ConfigureAwait(false);
        return $"handler_error:{error.Type}";
    }

    private async Task<string> WriteFailureAsync(NexusTaskOutcome outcome)
    {
        if (outcome is NexusTaskOutcome.Refused refused)
        {
            return await WriteErrorAsync(HandlerRefusal.From(refused.Rejection, showsText: false)).ConfigureAwait(false);
        }

        context.Response.Headers[NexusHeaderNames.FailureSource] = Worker;
        var failure = NexusResults.FailureOf(outcome);
        await WriteHandlerFailureAsync(failure).ConfigureAwait(false);
        return outcome is NexusTaskOutcome.TimedOut
            ? "handler_timeout"
            : $"handler_error:{failure.NexusHandlerFailureInfo?.Type}";
    }

    private async Task<string> WriteEmptyOutcomeAsync()
    {
        context.Response.Headers[NexusHeaderNames.FailureSource] = Worker;
        await WriteHandlerFailureAsync(NexusFailures.OfHandler(HandlerErrorType.Internal, "empty outcome"))
            .ConfigureAwait(false);
        return "handler_error:EMPTY_OUTCOME";
    }

    private Task WriteHandlerFailureAsync(TemporalFailure failure)
    {
        var info = failure.NexusHandlerFailureInfo;
        if (info.RetryBehavior != NexusHandlerErrorRetryBehavior.Unspecified)
        {
            context.Response.Headers[NexusHeaderNames.Retryable] =
                info.RetryBehavior == NexusHandlerErrorRetryBehavior.Retryable ? "true" : "false";
        }

        return WriteAsync(HandlerErrorStatus.Of(info.Type), WireFailure.ToJson(ForCaller(FailureConversion.ToWire(failure))));
    }

    /// <summary>The operation failed or was canceled: a wrapper that says so, around the reason.</summary>
    private async Task<string> WriteUnsuccessfulAsync(string state, Failure reason)
    {
        context.Response.Headers[NexusHeaderNames.FailureSource] = Worker;
        context.Response.Headers[NexusHeaderNames.OperationState] = state;
        var wrapper = new Failure
        {
            Message = OperationError,
            Details = ByteString.CopyFromUtf8(new JsonObject { ["state"] = state }.ToJsonString()),
            Cause = reason,
        };
        wrapper.Metadata[FailureConversion.TypeKey] = FailureConversion.OperationErrorKind;
        wrapper.Metadata[FailureConversion.UnwrapKey] = "true";
        await WriteAsync(HandlerErrorStatus.OperationUnsuccessful, WireFailure.ToJson(ForCaller(wrapper)))
            .ConfigureAwait(false);
        return "operation_error";
    }

    private Failure ForCaller(Failure failure) =>
        !CallerKnowsFailures && failure.Cause is { } cause ? cause : failure;

    private Task WriteResultAsync(Payload? result)
    {
        var (headers, body) = NexusContent.ToContent(result);
        foreach (var (name, value) in headers)
        {
            context.Response.Headers[NexusHeaderNames.ContentPrefix + name] = value;
        }

        context.Response.StatusCode = StatusCodes.Status200OK;
        context.Response.ContentLength = body.Length;
        return context.Response.Body.WriteAsync(body).AsTask();
    }

    private void AddLinks(IEnumerable<WireLink> links)
    {
        foreach (var link in links.Where(link => Uri.TryCreate(link.Url, UriKind.Absolute, out _)))
        {
            context.Response.Headers.Append(NexusHeaderNames.Link, LinkHeader.Format(link));
        }
    }

    private Task WriteAsync(int status, string json)
    {
        var body = Encoding.UTF8.GetBytes(json);
        context.Response.StatusCode = status;
        context.Response.ContentType = Json;
        context.Response.ContentLength = body.Length;
        return context.Response.Body.WriteAsync(body).AsTask();
    }
}
