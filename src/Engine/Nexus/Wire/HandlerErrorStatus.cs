using AugmentedOS.Engine.Executions.Nexus;

namespace AugmentedOS.Engine.Nexus.Wire;

/// <summary>Types of handler errors as HTTP statuses and back.</summary>
internal static class HandlerErrorStatus
{
    /// <summary>The status that says that the operation itself failed or was canceled.</summary>
    public const int OperationUnsuccessful = 424;

    private static readonly (string Type, int Status)[] Known =
    [
        (HandlerErrorType.BadRequest, 400),
        (HandlerErrorType.Unauthenticated, 401),
        (HandlerErrorType.Unauthorized, 403),
        (HandlerErrorType.NotFound, 404),
        (HandlerErrorType.RequestTimeout, 408),
        (HandlerErrorType.Conflict, 409),
        (HandlerErrorType.ResourceExhausted, 429),
        (HandlerErrorType.Internal, 500),
        (HandlerErrorType.NotImplemented, 501),
        (HandlerErrorType.Unavailable, 503),
        (HandlerErrorType.UpstreamTimeout, 520),
    ];

    public static int Of(string type) => Array.Find(Known, known => known.Type == type) is { Type: not null } found
        ? found.Status
        : 500;

    /// <summary>Null when a status stands for none.</summary>
    public static string? TypeOf(int status) => Array.Find(Known, known => known.Status == status).Type;
}
