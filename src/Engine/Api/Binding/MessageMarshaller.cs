using Google.Protobuf;
using Grpc.Core;

namespace AugmentedOS.Engine.Api.Binding;

/// <summary>Protobuf messages on the wire, without a copy in between.</summary>
/// <remarks>Of any message and not of one type: the gRPC server makes a dozen types of its own for each pair of message
/// types that it is told of, and a cold start would pay for all of them.</remarks>
internal static class MessageMarshaller
{
    public static Marshaller<IMessage> OfResponses { get; } = new(Serialize, static _ => throw new NotSupportedException());

    /// <param name="parser">Asked with the first request.</param>
    public static Marshaller<IMessage> OfRequests(Func<MessageParser> parser) =>
        new(static (_, _) => throw new NotSupportedException(), context => Deserialize(parser(), context));

    private static void Serialize(IMessage message, SerializationContext context)
    {
        context.SetPayloadLength(message.CalculateSize());
        message.WriteTo(context.GetBufferWriter());
        context.Complete();
    }

    private static IMessage Deserialize(MessageParser parser, DeserializationContext context)
    {
        if (context.PayloadLength > MessageSize.Max)
        {
            throw MessageSize.TooLarge(context.PayloadLength);
        }

        return MessageBytes.Parse(parser, context.PayloadAsReadOnlySequence());
    }
}
