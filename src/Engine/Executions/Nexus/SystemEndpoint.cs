using AugmentedOS.Engine.Executions.Starting;
using AugmentedOS.Engine.Namespaces;
using Google.Protobuf;
using Temporalio.Api.Common.V1;
using Temporalio.Api.WorkflowService.V1;

namespace AugmentedOS.Engine.Executions.Nexus;

/// <summary>The endpoint by which a workflow calls the engine itself: to signal a workflow that is started when it does
/// not run. No worker takes part.</summary>
internal static class SystemEndpoint
{
    public const string Name = "__temporal_system";

    private const string Service = "temporal.api.workflowservice.v1.WorkflowService";
    private const string SignalWithStart = "SignalWithStartWorkflowExecution";
    private static readonly JsonParser Json = new(JsonParser.Settings.Default.WithIgnoreUnknownFields(true));

    /// <summary>What is wrong with a call, word for word; null when nothing is.</summary>
    public static string? Problem(
        string service, string operation, Payload? input, string requestId, NamespaceInfo ns, DecisionContext context)
    {
        var limits = context.Limits;
        if (service != Service)
        {
            return $"service \"{service}\" not found";
        }

        if (operation != SignalWithStart)
        {
            return $"operation \"{operation}\" not found";
        }

        var (request, undecodable) = Decode(input);
        if (request is null)
        {
            return $"failed to decode input payload: {undecodable}";
        }

        if (!limits.Features.SignalWithStartFromWorkflow)
        {
            return "SignalWithStart operation is disabled";
        }

        var problem = Problem(request, ns.Name);
        return problem
            ?? StartValidation.Check(ToRequest(request, ns.Name, requestId), ns, limits, context.Now)?.Message;
    }

    /// <summary>The request of an operation that was found in order when it was scheduled.</summary>
    public static SignalWithStartWorkflowExecutionRequest ToRequest(
        NexusOperation operation, string ns, Link caller)
    {
        var request = ToRequest(Decode(operation.Attributes.Input).Request!, ns, operation.RequestId);
        request.Links.Add(caller);
        return request;
    }

    private static SignalWithStartWorkflowExecutionRequest ToRequest(
        SignalWithStartWorkflowExecutionRequest request, string ns, string requestId)
    {
        var whole = request.Clone();
        whole.Namespace = ns;
        whole.RequestId = requestId;
        return whole;
    }

    private static string? Problem(SignalWithStartWorkflowExecutionRequest request, string ns)
    {
        if (request.Namespace.Length > 0 && request.Namespace != ns)
        {
            return $"Namespace in request \"{request.Namespace}\" does not match namespace in context \"{ns}\"";
        }

        if (request.RequestId.Length > 0)
        {
            return "RequestID should not be set on the request";
        }

        return request.Links.Count > 0 ? "Links should not be set on the request" : null;
    }

    private static (SignalWithStartWorkflowExecutionRequest? Request, string Problem) Decode(Payload? input)
    {
        var encoding = input is not null && input.Metadata.TryGetValue("encoding", out var stated)
            ? stated.ToStringUtf8()
            : "";
        try
        {
            return encoding switch
            {
                "json/protobuf" => (Json.Parse<SignalWithStartWorkflowExecutionRequest>(
                    input!.Data.ToStringUtf8()), ""),
                "binary/protobuf" => (SignalWithStartWorkflowExecutionRequest.Parser.ParseFrom(input!.Data), ""),
                _ => (null, "unable to decode: encoding is not supported"),
            };
        }
        catch (InvalidProtocolBufferException malformed)
        {
            return (null, $"unable to decode: {malformed.Message}");
        }
        catch (InvalidOperationException malformed)
        {
            return (null, $"unable to decode: {malformed.Message}");
        }
    }
}
