using AugmentedOS.Engine.Executions;
using AugmentedOS.Engine.Executions.Nexus;
using AugmentedOS.Engine.Namespaces;
using AugmentedOS.Engine.Nexus.Wire;
using Temporalio.Api.Common.V1;

namespace AugmentedOS.Engine.Nexus.Calls;

/// <summary>Tells those who wait for a workflow how it has ended: callers of this engine in process, others over HTTP.
/// </summary>
internal sealed class CompletionSender(
    CompletionReceiver receiver,
    NexusHttp http,
    INamespaceDirectory namespaces,
    EngineLimits limits,
    TimeProvider time,
    NexusInstruments instruments)
{
    private const string InternalUrl = "temporal://internal";

    /// <summary>Delivers a completion once.</summary>
    /// <param name="settled">Told, once, why it failed and whether that may change; null when it was taken.</param>
    public void Send(CompletionCall call, Action<string?, bool> settled)
    {
        var callback = call.Callback.Callback.Nexus;
        var headers = new Dictionary<string, string>(callback.Header, StringComparer.OrdinalIgnoreCase);
        var completion = Complete(call, headers);
        var began = time.GetTimestamp();
        var measured = (string? failure, bool isRetried) =>
        {
            instruments.CalledBack(
                DestinationOf(callback.Url), failure is null ? "success" : "failed", time.GetElapsedTime(began));
            settled(failure, isRetried);
        };
        if (callback.Url is WorkerTransport.CallbackUrl or InternalUrl)
        {
            receiver.Receive(headers.GetValueOrDefault(NexusHeaderNames.CallbackToken, ""), ns: null, completion, error =>
                measured(error?.ToString(), error is { IsRetryable: true }));
            return;
        }

        var (all, body) = CompletionRequest.Of(completion, headers);
        http.Send(callback.Url, all, body, limits.CallbackTimeout, (response, problem) =>
        {
            if (response is { Status: >= 200 and < 300 })
            {
                measured(null, false);
                return;
            }

            var failure = response is null ? null : HttpFailures.OfHandler(response);
            measured(
                failure is null ? problem : HandlerRefusal.Text(failure),
                failure?.NexusHandlerFailureInfo is not { } info || NexusFailures.IsRetryable(info));
        });
    }

    /// <summary>Adds what only the callback's headers and the directory know.</summary>
    private NexusCompletion Complete(CompletionCall call, Dictionary<string, string> headers) => call.Completion with
    {
        Token = headers.GetValueOrDefault(NexusHeaderNames.OperationToken, ""),
        Links = [.. call.Completion.Links.Select(link => WithNamespace(link, call.Run.Namespace))],
    };

    private Link WithNamespace(Link link, NamespaceId ns)
    {
        var whole = link.Clone();
        var name = CallerLinks.NameOf(ns, namespaces);
        if (whole.Activity is { } activity)
        {
            activity.Namespace = name;
        }
        else
        {
            whole.WorkflowEvent.Namespace = name;
        }

        return whole;
    }

    private static string DestinationOf(string url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var address) ? $"{address.Scheme}://{address.Authority}" : url;
}
