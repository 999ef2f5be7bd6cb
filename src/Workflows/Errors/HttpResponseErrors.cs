using System.Net.Http.Headers;
using System.Text.Json;
using Microsoft.AspNetCore.Mvc;

namespace AugmentedOS.Workflows.Errors;

/// <summary>Errors that other services answer by HTTP.</summary>
public static class HttpResponseErrors
{
    /// <summary>The longest time to come again that is believed, a day: a dependency must not put an activity to sleep
    /// for ever.
    /// </summary>
    public static readonly TimeSpan LongestRetryAfter = TimeSpan.FromDays(1);

    private const int LongestProblem = 16_384;

    /// <summary>Throws the failure of the taxonomy that an unsuccessful answer is, with its <c>Retry-After</c>; does
    /// nothing about a successful one. Use it in activities in the place of
    /// <see cref="HttpResponseMessage.EnsureSuccessStatusCode"/>, which loses the header.</summary>
    /// <remarks>Problem details (RFC 9457) of our own services keep kind, code and user's message; of others' only the
    /// title is taken, for operators. The address appears in the message without its query, where secrets may
    /// be.</remarks>
    /// <param name="clock">Against which a <c>Retry-After</c> with a date is read; the system's when null.</param>
    /// <exception cref="WorkflowErrorException">The status is not of the 2xx.</exception>
    public static async Task ThrowIfFailedAsync(
        this HttpResponseMessage response, TimeProvider? clock = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(response);
        if (response.IsSuccessStatusCode)
        {
            return;
        }

        var problem = await ReadProblemAsync(response.Content, cancellationToken).ConfigureAwait(false);
        throw ToException(response, problem, RetryAfter(response.Headers.RetryAfter, clock ?? TimeProvider.System));
    }

    private static WorkflowErrorException ToException(
        HttpResponseMessage response, ProblemDetails? problem, TimeSpan? retryAfter)
    {
        var status = (int)response.StatusCode;
        var request = response.RequestMessage;
        var address = request?.RequestUri is { IsAbsoluteUri: true } uri
            ? uri.GetLeftPart(UriPartial.Path)
            : "the request";
        var message =
            $"{request?.Method} {address} was answered with {status} {problem?.Title ?? response.ReasonPhrase}".Trim();
        var ours = ProblemErrors.Read(problem);
        var exception = Fail.Of(ours?.Kind ?? ErrorKinds.FromHttpStatus(status), message)
            .WithCode(ours?.Code ?? $"http.{status}");
        exception = ours is null || problem?.Detail is not { Length: > 0 } detail
            ? exception
            : exception.WithUserMessage(detail);
        return retryAfter is { } delay && exception.Kind.Rule().IsRetried ? exception.WithRetryAfter(delay) : exception;
    }

    private static TimeSpan? RetryAfter(RetryConditionHeaderValue? header, TimeProvider clock)
    {
        var delay = header?.Delta ?? (header?.Date - clock.GetUtcNow());
        return delay is not { } known ? null
            : known < TimeSpan.Zero ? TimeSpan.Zero
            : known > LongestRetryAfter ? LongestRetryAfter
            : known;
    }

    private static async Task<ProblemDetails?> ReadProblemAsync(
        HttpContent content, CancellationToken cancellationToken)
    {
        if (content.Headers.ContentType?.MediaType != "application/problem+json"
            || content.Headers.ContentLength > LongestProblem)
        {
            return null;
        }

        var body = await ReadAtMostAsync(content, cancellationToken).ConfigureAwait(false);
        try
        {
            return JsonSerializer.Deserialize<ProblemDetails>(body);
        }
        catch (JsonException)
        {
            // The status says what happened; a body that is no JSON, or is cut off, adds nothing.
            return null;
        }
    }

    private static async Task<byte[]> ReadAtMostAsync(HttpContent content, CancellationToken cancellationToken)
    {
        var stream = await content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        await using (stream.ConfigureAwait(false))
        {
            var buffer = new byte[LongestProblem];
            var length = await stream.ReadAtLeastAsync(
                buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken)
                .ConfigureAwait(false);
            return buffer[..length];
        }
    }
}
