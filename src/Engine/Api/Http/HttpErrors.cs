using AugmentedOS.Engine.Api.Http.Json;
using Grpc.Core;
using Microsoft.AspNetCore.Http;

namespace AugmentedOS.Engine.Api.Http;

/// <summary>Refusals over HTTP: a <c>google.rpc.Status</c> as JSON, its details with their types, and the HTTP status
/// that goes with its code.</summary>
internal static class HttpErrors
{
    private const string DetailsTrailer = "grpc-status-details-bin";
    private const int ClientClosedRequest = 499;

    public static Task WriteAsync(HttpContext http, JsonForm form, StatusCode code, string message) =>
        WriteAsync(http, form, new Google.Rpc.Status { Code = (int)code, Message = message });

    public static Task WriteAsync(HttpContext http, JsonForm form, RpcException refused)
    {
        foreach (var trailer in refused.Trailers.Where(trailer => !trailer.IsBinary))
        {
            http.Response.Headers[trailer.Key] = trailer.Value;
        }

        var status = refused.Trailers.GetValueBytes(DetailsTrailer) is { } bytes
            ? Google.Rpc.Status.Parser.ParseFrom(bytes)
            : new Google.Rpc.Status { Code = (int)refused.StatusCode, Message = refused.Status.Detail };
        return WriteAsync(http, form, status);
    }

    public static int StatusOf(StatusCode code) => code switch
    {
        StatusCode.OK => StatusCodes.Status200OK,
        StatusCode.Cancelled => ClientClosedRequest,
        StatusCode.InvalidArgument or StatusCode.FailedPrecondition or StatusCode.OutOfRange =>
            StatusCodes.Status400BadRequest,
        StatusCode.DeadlineExceeded => StatusCodes.Status504GatewayTimeout,
        StatusCode.NotFound => StatusCodes.Status404NotFound,
        StatusCode.AlreadyExists or StatusCode.Aborted => StatusCodes.Status409Conflict,
        StatusCode.PermissionDenied => StatusCodes.Status403Forbidden,
        StatusCode.Unauthenticated => StatusCodes.Status401Unauthorized,
        StatusCode.ResourceExhausted => StatusCodes.Status429TooManyRequests,
        StatusCode.Unimplemented => StatusCodes.Status501NotImplemented,
        StatusCode.Unavailable => StatusCodes.Status503ServiceUnavailable,
        _ => StatusCodes.Status500InternalServerError,
    };

    private static Task WriteAsync(HttpContext http, JsonForm form, Google.Rpc.Status status)
    {
        http.Response.StatusCode = StatusOf((StatusCode)status.Code);
        http.Response.ContentType = form.MediaType;
        var body = MessageJson.Write(status, form);
        http.Response.ContentLength = body.Length;
        return http.Response.Body.WriteAsync(body, http.RequestAborted).AsTask();
    }
}
