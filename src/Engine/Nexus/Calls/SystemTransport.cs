using AugmentedOS.Engine.Executions.Inputs;
using AugmentedOS.Engine.Executions.Nexus;
using AugmentedOS.Engine.Namespaces;
using AugmentedOS.Engine.Runtime;
using Google.Protobuf;
using Grpc.Core;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Failure.V1;
using Temporalio.Api.WorkflowService.V1;

namespace AugmentedOS.Engine.Nexus.Calls;

/// <summary>Requests to the engine itself: a workflow signals another, which is started when it does not run.</summary>
internal sealed class SystemTransport(IExecutions executions, INamespaceDirectory namespaces)
{
    /// <summary>Marks what no codec of an SDK has encoded, so that none tries to decode it.</summary>
    private const string SystemPayload = "__temporal_system_payload";

    public void Start(StartOperationCall call, Action<NexusStartOutcome> settled)
    {
        var request = SystemEndpoint.ToRequest(
            call.Operation,
            CallerLinks.NameOf(call.Run.Namespace, namespaces),
            CallerLinks.ToScheduled(call, namespaces));
        executions.Submit(
            new SignalWithStartExecution(new WorkflowKey(call.Run.Namespace, request.WorkflowId), request),
            outcome => settled(outcome.IsRejected ? OfRejection(outcome.Rejection) : OfReply(outcome.Reply)));
    }

    private static NexusStartOutcome.Completed OfReply(object? reply)
    {
        var signaled = (SignalWithStartedExecution)reply!;
        var response = new SignalWithStartWorkflowExecutionResponse
        {
            RunId = signaled.RunId.ToString(),
            Started = signaled.Started,
            SignalLink = signaled.SignalLink,
        };
        var result = new Payload { Data = response.ToByteString() };
        result.Metadata["encoding"] = ByteString.CopyFromUtf8("binary/protobuf");
        result.Metadata["messageType"] = ByteString.CopyFromUtf8(
            SignalWithStartWorkflowExecutionResponse.Descriptor.FullName);
        result.Metadata[SystemPayload] = ByteString.CopyFromUtf8("true");
        return new NexusStartOutcome.Completed(result, [signaled.SignalLink]);
    }

    private static NexusStartOutcome OfRejection(Rejection rejection)
    {
        var isRetried = rejection.Code is StatusCode.Unavailable or StatusCode.ResourceExhausted or StatusCode.Aborted
            or StatusCode.DeadlineExceeded;
        var failure = new Failure
        {
            Message = $"{rejection.Code}: {rejection.Message}",
            ServerFailureInfo = new ServerFailureInfo { NonRetryable = !isRetried },
        };
        return isRetried ? new NexusStartOutcome.Failed(failure) : new NexusStartOutcome.Refused(failure);
    }
}
