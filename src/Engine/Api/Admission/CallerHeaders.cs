using AugmentedOS.Engine.Access;
using AugmentedOS.Engine.Api.Http.Requests;
using Grpc.Core;
using Microsoft.AspNetCore.Http;

namespace AugmentedOS.Engine.Api.Admission;

/// <summary>What a caller says about itself. Read from the web server's own headers: gRPC would copy them all first.
/// </summary>
internal readonly struct CallerHeaders
{
    private readonly HttpContext _http;
    private readonly Metadata? _forwarded;

    public CallerHeaders(ServerCallContext context)
    {
        _http = context.GetHttpContext();
        _forwarded = context is HttpCallContext ? context.RequestHeaders : null;
    }

    public CallerHeaders(HttpContext http) => _http = http;

    public string Client => Get("client-name");

    public string ClientVersion => Get("client-version");

    public string SupportedServers => Get("supported-server-versions");

    public bool IsOperator => Get("caller-type") == "operator";

    public string Peer => $"{_http.Connection.RemoteIpAddress}:{_http.Connection.RemotePort}";

    public Credentials Credentials => new(Get("authorization"), _http.Connection.ClientCertificate);

    private string Get(string name) => _forwarded is null
        ? _http.Request.Headers[name].ToString()
        : _forwarded.GetValue(name) ?? "";
}
