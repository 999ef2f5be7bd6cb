using System.Globalization;
using AugmentedOS.Engine.Executions.Nexus;
using AugmentedOS.Engine.Nexus;
using AugmentedOS.Engine.Nexus.Calls;
using AugmentedOS.Engine.Nexus.Wire;
using Microsoft.AspNetCore.Http;
using TemporalFailure = Temporalio.Api.Failure.V1.Failure;

namespace AugmentedOS.Engine.Api.Nexus.Http;

/// <summary>Completions of operations over HTTP, from handlers elsewhere.</summary>
internal sealed class NexusCompletionApi(NexusServices nexus, TimeProvider time)
{
    private const string Undecodable = "failed to decode Failure from request body";

    /// <summary><c>/nexus/callback</c>: whose operation it is, the token says.</summary>
    public Task AnywhereAsync(HttpContext context) => ServeAsync(context, ns: null);

    /// <summary><c>/namespaces/{ns}/nexus/callback</c></summary>
    public Task InNamespaceAsync(HttpContext context) =>
        ServeAsync(context, NexusHttpPath.Segments(context) is [_, var ns, ..] ? ns : "");

    private async Task ServeAsync(HttpContext context, string? ns)
    {
        var began = time.GetTimestamp();
        var (error, completion) = await ReadAsync(context).ConfigureAwait(false);
        error ??= await ReceiveAsync(context, ns, completion!).ConfigureAwait(false);
        if (error is not null)
        {
            await new NexusHttpAnswer(context).WriteErrorAsync(error).ConfigureAwait(false);
        }

        var outcome = error is null ? "success" : $"error_{error.Type.ToLowerInvariant()}";
        nexus.Instruments.Completed(outcome, time.GetElapsedTime(began));
    }

    private async Task<HandlerRefusal?> ReceiveAsync(HttpContext context, string? ns, NexusCompletion completion)
    {
        var received = new TaskCompletionSource<HandlerRefusal?>(TaskCreationOptions.RunContinuationsAsynchronously);
        var token = context.Request.Headers[NexusHeaderNames.CallbackToken].ToString();
        nexus.Receiver.Receive(token, ns, completion, received.SetResult);
        return await received.Task.ConfigureAwait(false);
    }

    private static async Task<(HandlerRefusal?, NexusCompletion?)> ReadAsync(HttpContext context)
    {
        var headers = context.Request.Headers;
        if (context.Request.Method != HttpMethods.Post)
        {
            return (HandlerRefusal.BadRequest(
                $"invalid request method: expected POST, got \"{context.Request.Method}\""), null);
        }

        if (!TryReadTime(headers[NexusHeaderNames.OperationStartTime].ToString(), out var startedAt))
        {
            return (HandlerRefusal.BadRequest("failed to parse operation start time header"), null);
        }

        if (!TryReadTime(headers[NexusHeaderNames.OperationCloseTime].ToString(), out var closedAt))
        {
            return (HandlerRefusal.BadRequest("failed to parse operation close time header"), null);
        }

        if (!LinkHeader.TryParse(headers[NexusHeaderNames.Link].OfType<string>(), out var links))
        {
            return (HandlerRefusal.BadRequest("failed to decode links from request headers"), null);
        }

        var completion = new NexusCompletion
        {
            Token = headers[NexusHeaderNames.OperationToken].ToString(),
            StartedAt = startedAt,
            ClosedAt = closedAt,
            Links = NexusLinks.FromWire(links),
        };
        var state = headers[NexusHeaderNames.OperationState].ToString();
        return state switch
        {
            "succeeded" => await ReadResultAsync(context, completion).ConfigureAwait(false),
            "failed" or "canceled" => await ReadFailureAsync(context, completion, state).ConfigureAwait(false),
            _ => (HandlerRefusal.BadRequest($"invalid request operation state: \"{state}\""), null),
        };
    }

    private static async Task<(HandlerRefusal?, NexusCompletion?)> ReadResultAsync(
        HttpContext context, NexusCompletion completion)
    {
        var body = await NexusHttpBody.ReadAsync(context).ConfigureAwait(false);
        return body is not null && NexusContent.FromContent(NexusHttpBody.Content(context), body) is { } result
            ? (null, completion with { Result = result })
            : (HandlerRefusal.BadRequest("invalid result content"), null);
    }

    private static async Task<(HandlerRefusal?, NexusCompletion?)> ReadFailureAsync(
        HttpContext context, NexusCompletion completion, string state)
    {
        var type = context.Request.ContentType ?? "";
        if (!type.Split(';')[0].Trim().Equals("application/json", StringComparison.OrdinalIgnoreCase))
        {
            return (HandlerRefusal.BadRequest($"invalid request content type: \"{type}\""), null);
        }

        if (await NexusHttpBody.ReadAsync(context).ConfigureAwait(false) is not { } body)
        {
            return (HandlerRefusal.BadRequest("failed to read Failure from request body"), null);
        }

        TemporalFailure? failure = null;
        if (WireFailure.FromJson(body) is { } wire)
        {
            failure = FailureConversion.ToTemporal(FailureConversion.Unwrap(wire));
        }

        return failure is null
            ? (HandlerRefusal.BadRequest(Undecodable), null)
            : (null, completion with { Failure = failure, IsCanceled = state == "canceled" });
    }

    /// <summary>An HTTP date or one of RFC 3339; none is no time.</summary>
    private static bool TryReadTime(string text, out Instant? time)
    {
        time = null;
        if (text.Length == 0)
        {
            return true;
        }

        if (!DateTimeOffset.TryParse(
            text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var parsed))
        {
            return false;
        }

        time = Instant.From(parsed);
        return true;
    }
}
