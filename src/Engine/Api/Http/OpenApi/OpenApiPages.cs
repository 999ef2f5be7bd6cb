using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace AugmentedOS.Engine.Api.Http.OpenApi;

/// <summary>Where the documents are. Made when somebody first asks.</summary>
internal static class OpenApiPages
{
    private static readonly JsonSerializerOptions Readable = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        WriteIndented = true,
        IndentSize = 2,
        NewLine = "\n",
    };

    private static readonly Lazy<byte[]> Swagger =
        new(static () => Encoding.UTF8.GetBytes(OpenApiDocument.Version2().ToJsonString(Readable)));

    private static readonly Lazy<byte[]> OpenApi =
        new(static () => Encoding.UTF8.GetBytes(Yaml.Of(OpenApiDocument.Version3())));

    public static Task SwaggerAsync(HttpContext http) =>
        WriteAsync(http, Swagger.Value, "application/vnd.oai.openapi+json;version=2.0");

    public static Task OpenApiAsync(HttpContext http) =>
        WriteAsync(http, OpenApi.Value, "application/vnd.oai.openapi;version=3.0");

    private static Task WriteAsync(HttpContext http, byte[] body, string mediaType)
    {
        http.Response.ContentType = mediaType;
        http.Response.ContentLength = body.Length;
        return http.Response.Body.WriteAsync(body, http.RequestAborted).AsTask();
    }
}
