using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Temporalio.Api.ErrorDetails.V1;

namespace AugmentedOS.Engine.Api.Binding;

/// <summary>From a refusal to what travels: the status, and the same with its detail in a trailer.</summary>
internal static class RejectionStatus
{
    private const string DetailsTrailer = "grpc-status-details-bin";
    private const int MaxMessageLength = 4000;

    public static RpcException ToException(Rejection rejection)
    {
        var text = Cut(rejection.Message);
        var trailers = new Metadata();
        if (rejection.Detail is { } detail)
        {
            var status = new Google.Rpc.Status { Code = (int)rejection.Code, Message = text };
            status.Details.Add(Any.Pack(detail));
            trailers.Add(DetailsTrailer, status.ToByteArray());
        }

        if (rejection.Detail is ResourceExhaustedFailure exhausted)
        {
            trailers.Add("x-resource-exhausted-cause", exhausted.Cause.ToString());
            trailers.Add("x-resource-exhausted-scope", exhausted.Scope.ToString());
        }

        return new RefusedCall(new Status(rejection.Code, text), trailers, rejection);
    }

    private static string Cut(string message) =>
        message.Length <= MaxMessageLength ? message : message[..MaxMessageLength];
}
