using System.Collections.Frozen;

namespace AugmentedOS.Workflows.Errors.Reading;

/// <summary>What exceptions of .NET and of common libraries say by their name alone.</summary>
/// <remarks>Names, not types: an activity's exception is a name in history, and a library that a product does not use
/// is not dragged in. The name is looked up from the exception's class upwards.</remarks>
internal static class KnownExceptions
{
    private static readonly FrozenDictionary<string, (ErrorKind Kind, string Code)> ByName =
        new Dictionary<string, (ErrorKind, string)>(StringComparer.Ordinal)
        {
            ["ArgumentException"] = (ErrorKind.InvalidInput, "argument"),
            ["ArgumentNullException"] = (ErrorKind.InvalidInput, "argument"),
            ["ArgumentOutOfRangeException"] = (ErrorKind.InvalidInput, "argument"),
            ["ValidationException"] = (ErrorKind.InvalidInput, "validation"),
            ["UnauthorizedAccessException"] = (ErrorKind.Unauthorized, "access"),
            ["SecurityException"] = (ErrorKind.Unauthorized, "access"),
            ["AuthenticationException"] = (ErrorKind.Unauthorized, "authentication"),
            ["FileNotFoundException"] = (ErrorKind.NotFound, "file"),
            ["DirectoryNotFoundException"] = (ErrorKind.NotFound, "file"),
            ["DriveNotFoundException"] = (ErrorKind.NotFound, "file"),
            ["DBConcurrencyException"] = (ErrorKind.Conflict, "database.concurrency"),
            ["DbUpdateConcurrencyException"] = (ErrorKind.Conflict, "database.concurrency"),
            ["TimeoutException"] = (ErrorKind.Transient, "timeout"),
            ["TimeoutRejectedException"] = (ErrorKind.Transient, "timeout"),
            ["RpcTimeoutOrCanceledException"] = (ErrorKind.Transient, "timeout"),
            ["WorkflowUpdateRpcTimeoutOrCanceledException"] = (ErrorKind.Transient, "timeout"),
            ["IOException"] = (ErrorKind.Transient, "io"),
            ["HttpRequestException"] = (ErrorKind.Transient, "http"),
            ["HttpIOException"] = (ErrorKind.Transient, "http"),
            ["DbException"] = (ErrorKind.Transient, "database"),
            ["SmtpException"] = (ErrorKind.Transient, "smtp"),
            ["SocketException"] = (ErrorKind.DependencyDown, "connection"),
            ["PingException"] = (ErrorKind.DependencyDown, "connection"),
            ["BrokenCircuitException"] = (ErrorKind.DependencyDown, "circuit-open"),
            ["IsolatedCircuitException"] = (ErrorKind.DependencyDown, "circuit-open"),
            ["RateLimiterRejectedException"] = (ErrorKind.Throttled, "rate-limit"),
            ["JsonException"] = (ErrorKind.Poisoned, "unreadable"),
            ["XmlException"] = (ErrorKind.Poisoned, "unreadable"),
            ["FormatException"] = (ErrorKind.Poisoned, "unreadable"),
            ["InvalidDataException"] = (ErrorKind.Poisoned, "unreadable"),
            ["InvalidProtocolBufferException"] = (ErrorKind.Poisoned, "unreadable"),
            ["NotSupportedException"] = (ErrorKind.Poisoned, "not-supported"),
            ["NotImplementedException"] = (ErrorKind.Poisoned, "not-supported"),
        }.ToFrozenDictionary(StringComparer.Ordinal);

    public static ErrorKind? KindOf(string? name) =>
        name is not null && ByName.TryGetValue(name, out var known) ? known.Kind : null;

    public static string CodeOf(string name) => ByName[name].Code;

    public static WorkflowError? Read(Exception exception)
    {
        for (var type = exception.GetType(); type is not null && type != typeof(Exception); type = type.BaseType)
        {
            if (ByName.TryGetValue(type.Name, out var known))
            {
                return new(known.Kind, known.Code, exception.Message);
            }
        }

        return null;
    }
}
