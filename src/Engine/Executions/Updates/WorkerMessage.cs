using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Temporalio.Api.Protocol.V1;
using Temporalio.Api.Update.V1;
using RejectionMessage = Temporalio.Api.Update.V1.Rejection;

namespace AugmentedOS.Engine.Executions.Updates;

/// <summary>Reads what a worker's message carries.</summary>
internal static class WorkerMessage
{
    private const string UpdateProtocol = "temporal.api.update.v1";

    /// <summary>The full name of the body's type; empty when it has none.</summary>
    public static string TypeOf(Any body) => body.TypeUrl[(body.TypeUrl.LastIndexOf('/') + 1)..];

    public static bool IsRejection(Message message) => message.Body?.Is(RejectionMessage.Descriptor) ?? false;

    /// <summary>The body of a message of the update protocol.</summary>
    /// <returns>Null, or what is wrong with the message.</returns>
    public static string? Read(Message message, out IMessage? body)
    {
        body = null;
        var type = TypeOf(message.Body);
        var protocol = type[..Math.Max(type.LastIndexOf('.'), 0)];
        if (protocol != UpdateProtocol)
        {
            return $"unsupported protocol type {protocol}";
        }

        try
        {
            body = message.Body switch
            {
                var any when any.TryUnpack(out Acceptance acceptance) => acceptance,
                var any when any.TryUnpack(out RejectionMessage rejection) => rejection,
                var any when any.TryUnpack(out Response response) => response,
                _ => null,
            };
        }
        catch (InvalidProtocolBufferException damaged)
        {
            return $"unable to unmarshal request: {damaged.Message}";
        }

        return body is null ? $"Message type *update.{type[(type.LastIndexOf('.') + 1)..]} not supported" : null;
    }

    /// <summary>The request that an answer brings along, so that an update which memory has lost can still be
    /// answered; null when it brings none.</summary>
    public static Request? RequestIn(IMessage body) => body switch
    {
        Acceptance acceptance => acceptance.AcceptedRequest,
        RejectionMessage rejection => rejection.RejectedRequest,
        _ => null,
    };
}
