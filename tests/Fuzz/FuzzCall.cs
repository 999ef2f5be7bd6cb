using Grpc.Core;
using Microsoft.AspNetCore.Http;

namespace AugmentedOS.Fuzz;

/// <summary>A call as the gRPC server hands it over, without a server.</summary>
internal sealed class FuzzCall : ServerCallContext
{
    /// <summary>Where the gRPC server leaves the HTTP request that brought the call.</summary>
    private const string HttpContextKey = "__HttpContext";

    private readonly string _method;
    private readonly DateTime _deadline;
    private readonly CancellationToken _cancelled;

    public FuzzCall(string method, DateTime deadline, CancellationToken cancelled)
    {
        _method = method;
        _deadline = deadline;
        _cancelled = cancelled;
        UserState[HttpContextKey] = new DefaultHttpContext();
    }

    protected override string MethodCore => _method;

    protected override string HostCore => "localhost";

    protected override string PeerCore => "ipv4:127.0.0.1:1";

    protected override DateTime DeadlineCore => _deadline;

    protected override Metadata RequestHeadersCore { get; } = [];

    protected override CancellationToken CancellationTokenCore => _cancelled;

    protected override Metadata ResponseTrailersCore { get; } = [];

    protected override Status StatusCore { get; set; }

    protected override WriteOptions? WriteOptionsCore { get; set; }

    protected override AuthContext AuthContextCore { get; } = new("", []);

    protected override ContextPropagationToken CreatePropagationTokenCore(ContextPropagationOptions? options) =>
        throw new NotSupportedException();

    protected override Task WriteResponseHeadersAsyncCore(Metadata responseHeaders) => Task.CompletedTask;
}
