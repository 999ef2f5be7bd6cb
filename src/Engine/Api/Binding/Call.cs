using AugmentedOS.Engine.Api.Admission;
using Grpc.Core;

namespace AugmentedOS.Engine.Api.Binding;

/// <summary>What an RPC may know of its caller.</summary>
/// <param name="wall">The machine's clock as it shows, by which deadlines are set: the engine's own may be ahead of it.</param>
internal readonly struct Call(ServerCallContext context, TimeProvider wall)
{
    /// <summary>Cancelled when the caller goes away or its deadline passes.</summary>
    public CancellationToken Cancelled => context.CancellationToken;

    /// <summary>How long the caller will wait from now; null when it set no deadline.</summary>
    public TimeSpan? TimeLeft => context.Deadline == DateTime.MaxValue
        ? null
        : context.Deadline.ToUniversalTime() - wall.GetUtcNow().UtcDateTime;

    /// <summary>Whether the caller is the command line or the web UI, which are not shown what history does not hold.</summary>
    public bool IsOperatorClient =>
        context.RequestHeaders.GetValue("client-name") is "temporal-cli" or "temporal-ui";

    /// <summary>The SDK that the caller says it is built with; null when it does not say.</summary>
    public SdkClient? Sdk => new CallerHeaders(context) is { Client: { Length: > 0 } name } headers
        ? new SdkClient(name, headers.ClientVersion)
        : null;

    public bool Supports(string feature) =>
        context.RequestHeaders.GetValue("supported-features") is { } features
        && features.Contains(feature, StringComparison.Ordinal);
}
