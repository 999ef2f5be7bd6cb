using AugmentedOS.Engine.Api.Cluster;
using Grpc.Core;
using Microsoft.AspNetCore.Http;

namespace AugmentedOS.Engine.Api.Http.Requests;

/// <summary>An HTTP request as RPCs see their callers.</summary>
internal sealed class HttpCallContext(HttpContext http, string method, DateTime deadline, CancellationToken cancelled)
    : ServerCallContext
{
    // The name under which Grpc.AspNetCore looks for it in contexts that are not its own.
    private const string HttpContextKey = "__HttpContext";
    private const string DefaultClientName = "temporal-server-http";
    private const string UiClientName = "temporal-ui";
    private const string MetadataPrefix = "Grpc-Metadata-";

    private static readonly string[] Forwarded =
    [
        "authorization", "authorization-extras", "x-forwarded-for", "client-name", "client-version", "caller-type",
    ];

    private readonly Lazy<Metadata> _headers = new(() => Forward(http.Request.Headers));
    private readonly IDictionary<object, object> _state = new Dictionary<object, object> { [HttpContextKey] = http };

    protected override string MethodCore => method;

    protected override string HostCore => http.Request.Host.Value ?? "";

    protected override string PeerCore
    {
        get
        {
            var connection = http.Connection;
            var family = connection.RemoteIpAddress?.AddressFamily == System.Net.Sockets.AddressFamily.InterNetworkV6
                ? "ipv6"
                : "ipv4";
            return $"{family}:{connection.RemoteIpAddress}:{connection.RemotePort}";
        }
    }

    protected override DateTime DeadlineCore => deadline;

    protected override Metadata RequestHeadersCore => _headers.Value;

    protected override CancellationToken CancellationTokenCore => cancelled;

    protected override Metadata ResponseTrailersCore { get; } = [];

    /// <summary>What RPCs come to is their answer: nobody sets it here.</summary>
    protected override Status StatusCore
    {
        get => Status.DefaultSuccess;
        set => throw new NotSupportedException("An RPC answers with a value or a refusal.");
    }

    protected override WriteOptions? WriteOptionsCore
    {
        get => null;
        set => throw new NotSupportedException("Calls over HTTP have one answer.");
    }

    protected override AuthContext AuthContextCore => new(null, []);

    protected override IDictionary<object, object> UserStateCore => _state;

    protected override ContextPropagationToken CreatePropagationTokenCore(ContextPropagationOptions? options) =>
        throw new NotSupportedException("Calls over HTTP do not call further.");

    protected override Task WriteResponseHeadersAsyncCore(Metadata responseHeaders) => Task.CompletedTask;

    private static Metadata Forward(IHeaderDictionary headers)
    {
        var metadata = new Metadata();
        foreach (var name in Forwarded)
        {
            if (headers.TryGetValue(name, out var values))
            {
                metadata.Add(name, values.ToString());
            }
        }

        if (headers["caller-type"] == "operator")
        {
            AddDefault(metadata, "client-name", UiClientName);
        }
        else
        {
            AddDefault(metadata, "client-name", DefaultClientName);
            AddDefault(metadata, "client-version", GetSystemInfo.ServerVersion);
        }

        foreach (var (name, values) in headers)
        {
            if (name.StartsWith(MetadataPrefix, StringComparison.OrdinalIgnoreCase)
                && !name.EndsWith(Metadata.BinaryHeaderSuffix, StringComparison.OrdinalIgnoreCase))
            {
                metadata.Add(name[MetadataPrefix.Length..].ToLowerInvariant(), values.ToString());
            }
        }

        return metadata;
    }

    private static void AddDefault(Metadata metadata, string name, string value)
    {
        if (metadata.Get(name) is null)
        {
            metadata.Add(name, value);
        }
    }
}
