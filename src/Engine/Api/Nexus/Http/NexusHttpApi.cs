using AugmentedOS.Engine.Executions;
using AugmentedOS.Engine.Namespaces;
using AugmentedOS.Engine.Nexus;
using AugmentedOS.Engine.Nexus.Calls;
using AugmentedOS.Engine.Nexus.Tasks;
using AugmentedOS.Engine.Nexus.Wire;
using Microsoft.AspNetCore.Http;
using Temporalio.Api.Nexus.V1;

namespace AugmentedOS.Engine.Api.Nexus.Http;

/// <summary>Nexus requests over HTTP: start and cancel operations that workers of this engine handle.</summary>
internal sealed class NexusHttpApi(
    NexusServices nexus, INamespaceDirectory namespaces, EngineLimits limits, TimeProvider time)
{
    /// <summary>How long a request may take whose caller does not say.</summary>
    private static readonly TimeSpan LongestRequest = TimeSpan.FromSeconds(60);

    /// <summary><c>/namespaces/{ns}/task-queues/{tq}/nexus-services/…</c></summary>
    public Task ByTaskQueueAsync(HttpContext context) => ServeAsync(context, skipped: 5, segments =>
        (NexusHttpTarget.Find(segments[1], segments[3], namespaces, out var target), target));

    /// <summary><c>/nexus/endpoints/{id}/services/…</c></summary>
    public Task ByEndpointAsync(HttpContext context) => ServeAsync(context, skipped: 4, segments =>
        (NexusHttpTarget.Find(segments[2], nexus.Endpoints, namespaces, out var target), target));

    private async Task ServeAsync(
        HttpContext context, int skipped, Func<string[], (HandlerRefusal?, NexusHttpTarget)> find)
    {
        var began = time.GetTimestamp();
        var answer = new NexusHttpAnswer(context);
        var (outcome, endpoint, method) = ("", "", "");
        if (NexusHttpPath.Segments(context) is not { } segments)
        {
            outcome = await answer.WriteErrorAsync(HandlerRefusal.BadRequest("failed to parse URL path"))
                .ConfigureAwait(false);
        }
        else if (find(segments) is var (error, target) && error is not null)
        {
            outcome = await answer.WriteErrorAsync(error).ConfigureAwait(false);
        }
        else
        {
            endpoint = target.EndpointName;
            (outcome, method) = await RouteAsync(context, answer, target, segments[skipped..]).ConfigureAwait(false);
        }

        nexus.Instruments.Handled(method, endpoint, outcome, time.GetElapsedTime(began));
    }

    /// <summary>By what follows the service's base: <c>service/operation</c>, with <c>/cancel</c> or without, and an old
    /// form with the token in the path.</summary>
    private async Task<(string Outcome, string Method)> RouteAsync(
        HttpContext context, NexusHttpAnswer answer, NexusHttpTarget target, string[] path)
    {
        if (context.Request.Method != HttpMethods.Post)
        {
            return (await answer.WriteErrorAsync(HandlerRefusal.BadRequest(
                $"invalid request method: expected POST, got \"{context.Request.Method}\"")).ConfigureAwait(false), "");
        }

        switch (path)
        {
            case [var service, var operation]:
                return (await StartAsync(context, answer, target, service, operation).ConfigureAwait(false),
                    "StartNexusOperation");
            case [var service, var operation, "cancel"]:
                var token = context.Request.Headers[NexusHeaderNames.OperationToken].ToString();
                token = token.Length > 0 ? token : context.Request.Query["token"].ToString();
                return (token.Length == 0
                    ? await answer.WriteErrorAsync(HandlerRefusal.BadRequest("missing operation token"))
                        .ConfigureAwait(false)
                    : await CancelAsync(context, answer, target, service, operation, token).ConfigureAwait(false),
                    "CancelNexusOperation");
            case [var service, var operation, var inPath, "cancel"]:
                return (await CancelAsync(context, answer, target, service, operation, inPath).ConfigureAwait(false),
                    "CancelNexusOperation");
            default:
                return (await answer.WriteErrorAsync(HandlerRefusal.NotFound("not found")).ConfigureAwait(false), "");
        }
    }

    private async Task<string> StartAsync(
        HttpContext context, NexusHttpAnswer answer, NexusHttpTarget target, string service, string operation)
    {
        if (!LinkHeader.TryParse(context.Request.Headers[NexusHeaderNames.Link].OfType<string>(), out var links))
        {
            return await answer
                .WriteErrorAsync(HandlerRefusal.BadRequest($"invalid \"{NexusHeaderNames.Link}\" header"))
                .ConfigureAwait(false);
        }

        if (!TryReadPatience(context, out var patience))
        {
            return await answer.WriteErrorAsync(HandlerRefusal.BadRequest("invalid request timeout header"))
                .ConfigureAwait(false);
        }

        var body = await NexusHttpBody.ReadAsync(context).ConfigureAwait(false);
        var payload = body is null ? null : NexusContent.FromContent(NexusHttpBody.Content(context), body);
        if (payload is null)
        {
            return await answer.WriteErrorAsync(HandlerRefusal.BadRequest("invalid input")).ConfigureAwait(false);
        }

        if (payload.CalculateSize() > limits.BlobSizeError)
        {
            return await answer.WriteErrorAsync(HandlerRefusal.BadRequest("input exceeds size limit"))
                .ConfigureAwait(false);
        }

        var start = new StartOperationRequest
        {
            Service = service,
            Operation = operation,
            RequestId = context.Request.Headers[NexusHeaderNames.RequestId].ToString(),
            Callback = context.Request.Query["callback"].ToString(),
            Payload = payload,
        };
        start.CallbackHeader.Add(NexusHttpBody.Callback(context));
        start.Links.AddRange(links);
        var request = NewRequest(context, answer, target);
        request.StartOperation = start;
        return await answer.WriteStartAsync(await DispatchAsync(context, target, request, patience).ConfigureAwait(false))
            .ConfigureAwait(false);
    }

    private async Task<string> CancelAsync(
        HttpContext context,
        NexusHttpAnswer answer,
        NexusHttpTarget target,
        string service,
        string operation,
        string token)
    {
        if (!TryReadPatience(context, out var patience))
        {
            return await answer.WriteErrorAsync(HandlerRefusal.BadRequest("invalid request timeout header"))
                .ConfigureAwait(false);
        }

        var request = NewRequest(context, answer, target);
        request.Header.Remove(NexusHeaderNames.OperationToken);
        request.CancelOperation = new CancelOperationRequest
        {
            Service = service,
            Operation = operation,
            OperationToken = token,
#pragma warning disable CS0612 // Older SDKs read only this one.
            OperationId = token,
#pragma warning restore CS0612
        };
        return await answer.WriteCancelAsync(await DispatchAsync(context, target, request, patience).ConfigureAwait(false))
            .ConfigureAwait(false);
    }

    private static bool TryReadPatience(HttpContext context, out TimeSpan patience)
    {
        patience = LongestRequest;
        var stated = context.Request.Headers[NexusHeaderNames.RequestTimeout].ToString();
        if (stated.Length == 0)
        {
            return true;
        }

        if (!NexusDuration.TryParse(stated, out var wanted))
        {
            return false;
        }

        patience = wanted > TimeSpan.Zero && wanted < LongestRequest ? wanted : LongestRequest;
        return true;
    }

    private Request NewRequest(HttpContext context, NexusHttpAnswer answer, NexusHttpTarget target)
    {
        var request = new Request
        {
            ScheduledTime = Instant.From(time.GetUtcNow()).ToTimestamp(),
            Endpoint = target.EndpointName,
            Capabilities = new Request.Types.Capabilities { TemporalFailureResponses = answer.CallerKnowsFailures },
        };
        foreach (var (name, value) in NexusHttpBody.ForHandler(context))
        {
            request.Header[name] = value;
        }

        return request;
    }

    private async Task<NexusTaskOutcome> DispatchAsync(
        HttpContext context, NexusHttpTarget target, Request request, TimeSpan patience)
    {
        var answered = new TaskCompletionSource<NexusTaskOutcome>(TaskCreationOptions.RunContinuationsAsynchronously);
        var pending = nexus.Dispatcher.Dispatch(
            target.Namespace.Id,
            target.TaskQueue,
            request,
            patience - limits.MinNexusDispatchTimeout,
            answered.SetResult);
        using var registration = context.RequestAborted.UnsafeRegister(
            _ => nexus.Dispatcher.GiveUp(pending, NexusTaskOutcome.TimedOut.Instance), null);
        return await answered.Task.ConfigureAwait(false);
    }
}
