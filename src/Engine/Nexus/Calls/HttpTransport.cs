using System.Text.Json;
using AugmentedOS.Engine.Executions;
using AugmentedOS.Engine.Executions.Nexus;
using AugmentedOS.Engine.Namespaces;
using AugmentedOS.Engine.Nexus.Endpoints;
using AugmentedOS.Engine.Nexus.Wire;

namespace AugmentedOS.Engine.Nexus.Calls;

/// <summary>Requests to handlers elsewhere, in the Nexus protocol over HTTP.</summary>
/// <param name="ownAddress">Where this engine takes completions, when it has a port for that: the base of an address,
/// or null.</param>
internal sealed class HttpTransport(
    NexusHttp http,
    INamespaceDirectory namespaces,
    EngineLimits limits,
    TimeProvider time,
    Func<string?> ownAddress)
{
    private const string NoCallback =
        "dynamic config \"component.nexusoperations.callback.endpoint.template\" is unset";

    public void Start(
        StartOperationCall call, NexusEndpoint endpoint, TimeSpan budget, Action<NexusStartOutcome> settled)
    {
        var attributes = call.Operation.Attributes;
        if (CallbackUrl(call) is not { } callback)
        {
            settled(new NexusStartOutcome.Failed(NexusFailures.OfCall(NoCallback, isRetried: true)));
            return;
        }

        var (content, body) = NexusContent.ToContent(attributes.Input);
        var headers = Headers(attributes.NexusHeader, budget);
        foreach (var (name, value) in content)
        {
            headers[NexusHeaderNames.ContentPrefix + name] = value;
        }

        headers[NexusHeaderNames.RequestId] = attributes.RequestId;
        headers[NexusHeaderNames.FailureSupport] = "true";
        headers[NexusHeaderNames.CallbackPrefix + NexusHeaderNames.CallbackToken] =
            WorkerTransport.CallbackTokenOf(call);
        headers[NexusHeaderNames.Link] = LinkHeader.Format(CallerLinks.Of(call, namespaces));
        if (NexusBudget.OfOperation(call.Operation, Instant.From(time.GetUtcNow())) is { } left)
        {
            headers.TryAdd(NexusHeaderNames.OperationTimeout, NexusDuration.ToMilliseconds(left));
        }

        var url = $"{UrlOf(endpoint, attributes.Service, attributes.Operation)}?callback={Uri.EscapeDataString(callback)}";
        http.Send(url, headers, body, budget, (response, problem) => settled(response is null
            ? OfProblem(problem)
            : NexusResults.WithinLimits(OfResponse(response), limits)));
    }

    public void Cancel(
        CancelOperationCall call, NexusEndpoint endpoint, TimeSpan budget, Action<NexusCancelOutcome> settled)
    {
        var attributes = call.Operation.Attributes;
        var headers = Headers(attributes.NexusHeader, budget);
        headers[NexusHeaderNames.OperationToken] = call.Operation.Token;
        headers[NexusHeaderNames.FailureSupport] = "true";
        var url = $"{UrlOf(endpoint, attributes.Service, attributes.Operation)}/cancel";
        http.Send(url, headers, default, budget, (response, problem) =>
        {
            if (response is { Status: 202 })
            {
                settled(NexusCancelOutcome.Noted);
                return;
            }

            var failure = response is null
                ? NexusFailures.OfCall(problem, isRetried: true)
                : HttpFailures.OfHandler(response);
            settled(new NexusCancelOutcome(
                failure, failure.NexusHandlerFailureInfo is not { } info || NexusFailures.IsRetryable(info)));
        });
    }

    private static Dictionary<string, string> Headers(
        IEnumerable<KeyValuePair<string, string>> user, TimeSpan budget)
    {
        var headers = new Dictionary<string, string>(user, StringComparer.OrdinalIgnoreCase)
        {
            [NexusHeaderNames.RequestTimeout] = NexusDuration.ToMilliseconds(budget),
        };
        return headers;
    }

    private static string UrlOf(NexusEndpoint endpoint, string service, string operation) =>
        $"{endpoint.Url.TrimEnd('/')}/{Uri.EscapeDataString(service)}/{Uri.EscapeDataString(operation)}";

    private string? CallbackUrl(StartOperationCall call)
    {
        var ns = CallerLinks.NameOf(call.Run.Namespace, namespaces);
        if (limits.NexusCallbackTemplate is { Length: > 0 } template)
        {
            return template
                .Replace("{{.NamespaceName}}", ns, StringComparison.Ordinal)
                .Replace("{{.NamespaceID}}", call.Run.Namespace.ToString(), StringComparison.Ordinal);
        }

        return ownAddress() is { } own ? $"{own}/namespaces/{Uri.EscapeDataString(ns)}/nexus/callback" : null;
    }

    private static NexusStartOutcome OfProblem(string problem) =>
        problem == "http: response body too large"
            ? new NexusStartOutcome.Refused(NexusFailures.OfCall(problem, isRetried: false))
            : new NexusStartOutcome.Failed(NexusFailures.OfCall(problem, isRetried: true));

    private static NexusStartOutcome OfResponse(NexusHttpResponse response)
    {
        if (!LinkHeader.TryParse(response.Values(NexusHeaderNames.Link), out var wireLinks))
        {
            return OfProblem($"unexpected response: invalid links header: \"{response.Header(NexusHeaderNames.Link)}\"");
        }

        var links = NexusLinks.FromWire(wireLinks);
        switch (response.Status)
        {
            case 200:
                return NexusContent.FromContent(response.Content, response.Body) is { } result
                    ? new NexusStartOutcome.Completed(result, links)
                    : OfProblem("unexpected response: the result is no payload");
            case 201:
                return TokenOf(response) is { Length: > 0 } token
                    ? new NexusStartOutcome.Started(token, links)
                    : OfProblem("unexpected response: empty operation token in response");
            case HandlerErrorStatus.OperationUnsuccessful:
                return HttpFailures.OfOperation(response) is { } unsuccessful
                    ? unsuccessful
                    : OfProblem("unexpected response: invalid operation state header: "
                        + $"\"{response.Header(NexusHeaderNames.OperationState)}\"");
            default:
                return NexusResults.OfFailure(HttpFailures.OfHandler(response));
        }
    }

    private static string TokenOf(NexusHttpResponse response)
    {
        try
        {
            using var document = JsonDocument.Parse(response.Body);
            var root = document.RootElement;
            return root.ValueKind == JsonValueKind.Object
                && root.TryGetProperty("state", out var state) && state.ValueEquals("running")
                && root.TryGetProperty("token", out var token) && token.ValueKind == JsonValueKind.String
                    ? token.GetString()!
                    : "";
        }
        catch (Exception malformed) when (malformed is JsonException or InvalidOperationException)
        {
            return "";
        }
    }
}
