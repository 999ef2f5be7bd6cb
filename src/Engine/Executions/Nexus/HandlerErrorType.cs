namespace AugmentedOS.Engine.Executions.Nexus;

/// <summary>The types of error that a Nexus handler answers with, as they stand on the wire.</summary>
internal static class HandlerErrorType
{
    public const string BadRequest = "BAD_REQUEST";
    public const string Unauthenticated = "UNAUTHENTICATED";
    public const string Unauthorized = "UNAUTHORIZED";
    public const string NotFound = "NOT_FOUND";
    public const string RequestTimeout = "REQUEST_TIMEOUT";
    public const string Conflict = "CONFLICT";
    public const string ResourceExhausted = "RESOURCE_EXHAUSTED";
    public const string Internal = "INTERNAL";
    public const string NotImplemented = "NOT_IMPLEMENTED";
    public const string Unavailable = "UNAVAILABLE";
    public const string UpstreamTimeout = "UPSTREAM_TIMEOUT";
}
