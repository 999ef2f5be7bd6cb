using AugmentedOS.Engine.Executions;
using AugmentedOS.Engine.Executions.Nexus;
using AugmentedOS.Engine.Namespaces;
using AugmentedOS.Engine.Nexus.Endpoints;
using AugmentedOS.Engine.Nexus.Tasks;
using AugmentedOS.Engine.Nexus.Wire;
using Temporalio.Api.Nexus.V1;

namespace AugmentedOS.Engine.Nexus.Calls;

/// <summary>Requests to workers of this engine: in process, from the caller's state to the handler's poll.</summary>
/// <param name="clusterId">By which completions know that they need not leave.</param>
internal sealed class WorkerTransport(
    NexusDispatcher dispatcher, INamespaceDirectory namespaces, string clusterId, EngineLimits limits, TimeProvider time)
{
    /// <summary>Where completions of operations go that workers here handle.</summary>
    public const string CallbackUrl = "temporal://system";

    public void Start(
        StartOperationCall call,
        NexusEndpoint endpoint,
        NamespaceId target,
        TimeSpan budget,
        Action<NexusStartOutcome> settled)
    {
        if (!namespaces.TryFind(target, out _))
        {
            settled(new NexusStartOutcome.Failed(NexusFailures.OfHandler(
                HandlerErrorType.NotFound,
                "invalid endpoint target",
                Temporalio.Api.Enums.V1.NexusHandlerErrorRetryBehavior.Retryable)));
            return;
        }

        var attributes = call.Operation.Attributes;
        var start = new StartOperationRequest
        {
            Service = attributes.Service,
            Operation = attributes.Operation,
            RequestId = attributes.RequestId,
            Callback = CallbackUrl,
            Payload = attributes.Input,
        };
        start.CallbackHeader[NexusHeaderNames.CallbackToken] = CallbackTokenOf(call);
        start.CallbackHeader[NexusHeaderNames.CallbackSource] = clusterId;
        start.Links.Add(CallerLinks.Of(call, namespaces));
        var request = NewRequest(attributes.NexusHeader, endpoint);
        request.StartOperation = start;
        request.Header[NexusHeaderNames.RequestId] = attributes.RequestId;
        if (!request.Header.ContainsKey(NexusHeaderNames.OperationTimeout)
            && NexusBudget.OfOperation(call.Operation, Now()) is { } left)
        {
            request.Header[NexusHeaderNames.OperationTimeout] = NexusDuration.ToMilliseconds(left);
        }

        Dispatch(target, endpoint, request, budget, outcome => settled(NexusResults.OfStart(outcome, limits)));
    }

    public void Cancel(
        CancelOperationCall call,
        NexusEndpoint endpoint,
        NamespaceId target,
        TimeSpan budget,
        Action<NexusCancelOutcome> settled)
    {
        var attributes = call.Operation.Attributes;
        var request = NewRequest(attributes.NexusHeader, endpoint);
        request.CancelOperation = new CancelOperationRequest
        {
            Service = attributes.Service,
            Operation = attributes.Operation,
            OperationToken = call.Operation.Token,
#pragma warning disable CS0612 // Older SDKs read only this one.
            OperationId = call.Operation.Token,
#pragma warning restore CS0612
        };
        Dispatch(target, endpoint, request, budget, outcome => settled(NexusResults.OfCancel(outcome)));
    }

    public static string CallbackTokenOf(StartOperationCall call) =>
        new CallbackToken(call.Run, call.Number, call.Operation.RequestId).Encode();

    /// <summary>Answers in time to tell the caller that nobody else did.</summary>
    private void Dispatch(
        NamespaceId target,
        NexusEndpoint endpoint,
        Request request,
        TimeSpan budget,
        Action<NexusTaskOutcome> settled) => dispatcher.Dispatch(
        target,
        endpoint.TaskQueue,
        request,
        budget - limits.MinNexusDispatchTimeout,
        outcome =>
        {
            // An engine that stops has no answer: the request is due again when it next starts.
            if (outcome is not NexusTaskOutcome.Refused { Rejection.Code: Grpc.Core.StatusCode.Unavailable })
            {
                settled(outcome);
            }
        });

    private Request NewRequest(IEnumerable<KeyValuePair<string, string>> headers, NexusEndpoint endpoint)
    {
        var request = new Request
        {
            ScheduledTime = Now().ToTimestamp(),
            Endpoint = endpoint.Name,
            Capabilities = new Request.Types.Capabilities { TemporalFailureResponses = true },
        };
        foreach (var (key, value) in headers)
        {
            request.Header[key] = value;
        }

        return request;
    }

    private Instant Now() => Instant.From(time.GetUtcNow());
}
