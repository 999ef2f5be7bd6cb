using AugmentedOS.Engine.Nexus.Wire;

namespace AugmentedOS.Engine.Nexus.Calls;

/// <summary>Makes requests to servers elsewhere. Thread-safe.</summary>
/// <param name="client">Made with the first request: most engines never make one.</param>
internal sealed class NexusHttp(Lazy<HttpMessageInvoker> client, TimeProvider time, int maxBody)
{
    private const string UserAgent = "augmented-os-engine";

    /// <summary>Sends a request and reads the answer.</summary>
    /// <param name="settled">Told, once, on a thread of the pool: the answer, or why there is none.</param>
    public void Send(
        string url,
        IEnumerable<KeyValuePair<string, string>> headers,
        ReadOnlyMemory<byte> body,
        TimeSpan patience,
        Action<NexusHttpResponse?, string> settled) => _ = SendAsync(url, headers, body, patience, settled);

    private async Task SendAsync(
        string url,
        IEnumerable<KeyValuePair<string, string>> headers,
        ReadOnlyMemory<byte> body,
        TimeSpan patience,
        Action<NexusHttpResponse?, string> settled)
    {
        // The caller may be a shard that goes on at once; nothing of this runs on its thread.
        await Task.Yield();
        NexusHttpResponse? response = null;
        var problem = "";
        try
        {
            using var patient = new CancellationTokenSource(patience, time);
            using var request = NewRequest(url, headers, body);
            using var answer = await client.Value.SendAsync(request, patient.Token).ConfigureAwait(false);
            response = await ReadAsync(answer, patient.Token).ConfigureAwait(false);
            problem = response is null ? "http: response body too large" : "";
        }
        catch (OperationCanceledException)
        {
            problem = "request timed out";
        }
        catch (Exception failure) when (failure is HttpRequestException or IOException or UriFormatException
            or InvalidOperationException or NotSupportedException or ObjectDisposedException)
        {
            problem = failure.Message;
        }

        settled(response, problem);
    }

    private static HttpRequestMessage NewRequest(
        string url, IEnumerable<KeyValuePair<string, string>> headers, ReadOnlyMemory<byte> body)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, new Uri(url))
        {
            Content = new ReadOnlyMemoryContent(body),
        };
        request.Headers.TryAddWithoutValidation("User-Agent", UserAgent);
        foreach (var (name, value) in headers)
        {
            if (!name.StartsWith(NexusHeaderNames.ContentPrefix, StringComparison.OrdinalIgnoreCase)
                || !request.Content.Headers.TryAddWithoutValidation(name, value))
            {
                request.Headers.TryAddWithoutValidation(name, value);
            }
        }

        return request;
    }

    private async Task<NexusHttpResponse?> ReadAsync(HttpResponseMessage answer, CancellationToken cancelled)
    {
        var headers = answer.Headers.Concat(answer.Content.Headers)
            .GroupBy(h => h.Key.ToLowerInvariant(), StringComparer.Ordinal)
            .ToDictionary(g => g.Key, g => g.SelectMany(h => h.Value).ToArray(), StringComparer.Ordinal);
        using var body = new MemoryStream();
        var stream = await answer.Content.ReadAsStreamAsync(cancelled).ConfigureAwait(false);
        await using (stream.ConfigureAwait(false))
        {
            var buffer = new byte[16 * 1024];
            while (await stream.ReadAsync(buffer, cancelled).ConfigureAwait(false) is > 0 and var read)
            {
                body.Write(buffer, 0, read);
                if (body.Length > maxBody)
                {
                    return null;
                }
            }
        }

        return new NexusHttpResponse((int)answer.StatusCode, headers, body.ToArray());
    }
}
