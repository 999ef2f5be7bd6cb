using AugmentedOS.Engine.Api.Http.Json;
using AugmentedOS.Engine.Api.Http.Requests;
using AugmentedOS.Engine.Api.Http.Routing;
using Grpc.Core;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Temporalio.Api.Common.V1;
using Temporalio.Api.WorkflowService.V1;

namespace AugmentedOS.Engine.Api.Http.WebUi;

/// <summary>A run's whole history as a JSON array of events, page by page, as the web UI's download button wants it.
/// </summary>
internal sealed class HistoryDownload(HttpRpcs rpcs)
{
    // /api/v1/namespaces/{namespace}/workflows/{workflow}/run/{run}/history.json
    private const int Namespace = 3;
    private const int Workflow = 5;
    private const int Run = 7;

    private static readonly Lazy<Google.Protobuf.Reflection.MethodDescriptor> HistoryMethod = new(static () =>
        Temporalio.Api.WorkflowService.V1.ServiceReflection.Descriptor.Services[0]
            .FindMethodByName("GetWorkflowExecutionHistory"));

    public async Task RunAsync(HttpContext http)
    {
        try
        {
            await WriteAsync(http).ConfigureAwait(false);
        }
        catch (RpcException refused) when (!http.Response.HasStarted)
        {
            await HttpErrors.WriteAsync(http, JsonForm.Full, refused).ConfigureAwait(false);
        }
        catch (Exception broken) when (http.Response.HasStarted && broken is RpcException or OperationCanceledException)
        {
            http.Abort();   // half an array must not look like a whole one
        }
    }

    private async Task WriteAsync(HttpContext http)
    {
        var path = RequestPath.Segments(http.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget);
        var request = new GetWorkflowExecutionHistoryRequest
        {
            Namespace = path[Namespace],
            Execution = new WorkflowExecution { WorkflowId = path[Workflow], RunId = path[Run] },
        };
        var form = RequestForms.Wanted(http.Request) with { HasShorthand = false };
        var separator = "[";
        do
        {
            var page = (GetWorkflowExecutionHistoryResponse)await rpcs.CallAsync(http, HistoryMethod.Value, request)
                .ConfigureAwait(false);
            if (!http.Response.HasStarted)
            {
                http.Response.ContentType = "application/json";
            }

            foreach (var e in page.History.Events)
            {
                await http.Response.WriteAsync(separator, http.RequestAborted).ConfigureAwait(false);
                await http.Response.Body.WriteAsync(MessageJson.Write(e, form), http.RequestAborted).ConfigureAwait(false);
                separator = ",";
            }

            request.NextPageToken = page.NextPageToken;
        }
        while (!request.NextPageToken.IsEmpty);
        await http.Response.WriteAsync(separator == "[" ? "[]" : "]", http.RequestAborted).ConfigureAwait(false);
    }
}
