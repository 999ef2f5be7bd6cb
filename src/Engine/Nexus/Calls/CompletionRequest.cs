using System.Globalization;
using System.Text;
using AugmentedOS.Engine.Executions.Nexus;
using AugmentedOS.Engine.Nexus.Wire;

namespace AugmentedOS.Engine.Nexus.Calls;

/// <summary>A completion as an HTTP request.</summary>
internal static class CompletionRequest
{
    /// <param name="headers">Those that the callback was registered with; they win.</param>
    public static (Dictionary<string, string> Headers, ReadOnlyMemory<byte> Body) Of(
        NexusCompletion completion, IReadOnlyDictionary<string, string> headers)
    {
        var all = new Dictionary<string, string>(headers, StringComparer.OrdinalIgnoreCase)
        {
            [NexusHeaderNames.OperationState] = completion switch
            {
                { Failure: null } => "succeeded",
                { IsCanceled: true } => "canceled",
                _ => "failed",
            },
        };
        if (completion.StartedAt is { } started)
        {
            all.TryAdd(
                NexusHeaderNames.OperationStartTime,
                started.ToDateTimeOffset().ToString("R", CultureInfo.InvariantCulture));
        }

        if (completion.ClosedAt is { } closed)
        {
            all.TryAdd(NexusHeaderNames.OperationCloseTime, Rfc3339(closed));
        }

        if (completion.Links.Select(NexusLinks.ToWire).OfType<Temporalio.Api.Nexus.V1.Link>().ToList() is { Count: > 0 } links)
        {
            all.TryAdd(NexusHeaderNames.Link, string.Join(", ", links.Select(LinkHeader.Format)));
        }

        if (completion.Failure is { } failure)
        {
            // Receivers wrap it themselves: they expect what the operation failed with.
            all["content-type"] = "application/json";
            return (all, Encoding.UTF8.GetBytes(WireFailure.ToJson(FailureConversion.ToWire(failure))));
        }

        var (content, body) = NexusContent.ToContent(completion.Result);
        foreach (var (name, value) in content)
        {
            all[NexusHeaderNames.ContentPrefix + name] = value;
        }

        return (all, body);
    }

    private static string Rfc3339(Instant at) =>
        at.ToDateTimeOffset().UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}
