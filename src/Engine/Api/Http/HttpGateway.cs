using AugmentedOS.Engine.Api.Http.Json;
using AugmentedOS.Engine.Api.Http.Requests;
using AugmentedOS.Engine.Api.Http.Routing;
using Google.Protobuf;
using Grpc.Core;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace AugmentedOS.Engine.Api.Http;

/// <summary>The RPCs over HTTP and JSON, as the API's annotations say.</summary>
/// <remarks>The annotations are read with the first request: it takes a quarter of a second, which a start does not
/// have.</remarks>
internal sealed class HttpGateway(HttpRpcs rpcs)
{
    private readonly Lazy<RouteTable> _routes = new(static () => new RouteTable([.. HttpServices.All.SelectMany(HttpBindings.Of)]));

    public async Task RunAsync(HttpContext http)
    {
        var form = RequestForms.Wanted(http.Request);
        try
        {
            await AnswerAsync(http, form).ConfigureAwait(false);
        }
        catch (UnreadableJsonException wrong)
        {
            await HttpErrors.WriteAsync(http, form, StatusCode.InvalidArgument, wrong.Message).ConfigureAwait(false);
        }
        catch (RpcException refused)
        {
            await HttpErrors.WriteAsync(http, form, refused).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            // The caller went away: there is nobody to answer.
        }
    }

    private async Task AnswerAsync(HttpContext http, JsonForm form)
    {
        var path = RequestPath.Segments(http.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget);
        if (_routes.Value.Find(http.Request.Method, path, out var isKnown) is not { } binding)
        {
            var (code, text) = isKnown
                ? (StatusCode.Unimplemented, "Method Not Allowed")
                : (StatusCode.NotFound, "Not Found");
            await HttpErrors.WriteAsync(http, form, code, text).ConfigureAwait(false);
            return;
        }

        if (await RequestBody.ReadAsync(http.Request).ConfigureAwait(false) is not { } body)
        {
            await HttpErrors.WriteAsync(http, form, StatusCode.InvalidArgument, "http: request body too large")
                .ConfigureAwait(false);
            return;
        }

        var request = RequestReader.Read(binding, path, http.Request.Query, body, RequestForms.Sent(http.Request));
        await WriteAsync(http, form, await rpcs.CallAsync(http, binding.Rpc, request).ConfigureAwait(false))
            .ConfigureAwait(false);
    }

    private static Task WriteAsync(HttpContext http, JsonForm form, IMessage response)
    {
        var body = MessageJson.Write(response, form);
        http.Response.ContentType = form.MediaType;
        http.Response.ContentLength = body.Length;
        return http.Response.Body.WriteAsync(body, http.RequestAborted).AsTask();
    }
}
