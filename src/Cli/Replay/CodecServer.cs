using System.Net;
using System.Text;
using AugmentedOS.Workflows.Replay;
using Google.Protobuf;
using Temporalio.Api.Common.V1;

namespace AugmentedOS.Cli.Replay;

/// <summary>A server that decodes payloads, as Temporal's web UI and command line ask it: <c>POST endpoint/decode</c>
/// with payloads as JSON.</summary>
/// <remarks>Source: <see href="https://docs.temporal.io/production-deployment/data-encryption"/>. It leaves alone what
/// it has not encoded.</remarks>
internal sealed class CodecServer : IDisposable
{
    private const string NamespaceInEndpoint = "{namespace}";
    private const string NamespaceHeader = "X-Namespace";

    /// <summary>Servers limit what they read at once.</summary>
    private const int MostBytes = 1_000_000;
    private const int MostOfAnAnswer = 200;

    private static readonly JsonParser Parser = new(JsonParser.Settings.Default.WithIgnoreUnknownFields(true));

    private readonly HttpClient _http = new();
    private readonly Uri _decode;

    /// <param name="endpoint">Where it is; <c>{namespace}</c> in it is the namespace.</param>
    /// <param name="headers">Sent with each call.</param>
    public CodecServer(string endpoint, string ns, IEnumerable<KeyValuePair<string, string>> headers)
    {
        var address = endpoint.Replace(NamespaceInEndpoint, Uri.EscapeDataString(ns), StringComparison.Ordinal);
        _decode = new Uri($"{address.TrimEnd('/')}/decode");
        _http.DefaultRequestHeaders.TryAddWithoutValidation(NamespaceHeader, ns);
        foreach (var (name, value) in headers)
        {
            _http.DefaultRequestHeaders.TryAddWithoutValidation(name, value);
        }
    }

    /// <summary>A run with its payloads decoded; the one that is given stays as it is.</summary>
    /// <exception cref="ReplayException">The server cannot be reached, refuses, or answers nonsense.</exception>
    public async ValueTask<RecordedRun> DecodeAsync(RecordedRun run, CancellationToken cancelled)
    {
        var events = run.History.Events.Select(recorded => recorded.Clone()).ToList();
        foreach (var part in Parts(HistoryPayloads.Of(events)))
        {
            await DecodeAsync(part, cancelled).ConfigureAwait(false);
        }

        return RecordedRun.Of(run.History with { Events = events }, run.RunId);
    }

    public void Dispose() => _http.Dispose();

    private static IEnumerable<List<Payload>> Parts(List<Payload> payloads)
    {
        var part = new List<Payload>();
        var bytes = 0;
        foreach (var payload in payloads)
        {
            var size = payload.CalculateSize();
            if (part.Count > 0 && bytes + size > MostBytes)
            {
                yield return part;
                (part, bytes) = ([], 0);
            }

            part.Add(payload);
            bytes += size;
        }

        if (part.Count > 0)
        {
            yield return part;
        }
    }

    private async Task DecodeAsync(List<Payload> payloads, CancellationToken cancelled)
    {
        var answer = await AskAsync(JsonFormatter.Default.Format(new Payloads { Payloads_ = { payloads } }), cancelled)
            .ConfigureAwait(false);
        if (answer.Payloads_.Count != payloads.Count)
        {
            throw new ReplayException(
                $"The codec server {_decode} answered {payloads.Count} payloads with {answer.Payloads_.Count}. "
                + "It has to answer each with one, in their order.");
        }

        foreach (var (payload, decoded) in payloads.Zip(answer.Payloads_))
        {
            payload.Metadata.Clear();
            payload.Metadata.Add(decoded.Metadata);
            payload.Data = decoded.Data;
        }
    }

    private async Task<Payloads> AskAsync(string request, CancellationToken cancelled)
    {
        try
        {
            using var body = new StringContent(request, Encoding.UTF8, "application/json");
            using var response = await _http.PostAsync(_decode, body, cancelled).ConfigureAwait(false);
            var answer = await response.Content.ReadAsStringAsync(cancelled).ConfigureAwait(false);
            return response.IsSuccessStatusCode
                ? Parser.Parse<Payloads>(answer)
                : throw new ReplayException(
                    $"The codec server {_decode} answered {(int)response.StatusCode} {response.ReasonPhrase}: "
                    + $"{Short(answer)}{AdviceOn(response.StatusCode)}");
        }
        catch (Exception wrong)
            when (wrong is HttpRequestException or TaskCanceledException && !cancelled.IsCancellationRequested)
        {
            throw new ReplayException($"The codec server {_decode} cannot be asked: {wrong.Message}", wrong);
        }
        catch (Exception wrong) when (wrong is InvalidProtocolBufferException or InvalidJsonException)
        {
            throw new ReplayException(
                $"The codec server {_decode} answered something else than payloads as JSON: {wrong.Message}", wrong);
        }
    }

    private static string Short(string answer) =>
        answer.Length > MostOfAnAnswer ? answer[..MostOfAnAnswer] + "…" : answer.Trim();

    private static string AdviceOn(HttpStatusCode code) => code switch
    {
        HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden =>
            " Give --codec-auth (or TEMPORAL_CODEC_AUTH) with what it asks for.",
        HttpStatusCode.NotFound => " Give --codec-endpoint without /decode at its end.",
        _ => "",
    };
}
