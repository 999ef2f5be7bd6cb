using Google.Protobuf;
using Grpc.Core;

namespace AugmentedOS.Engine.Api.Binding;

/// <summary>Protobuf messages on the wire, without a copy in between.</summary>
internal static class MessageMarshaller<TMessage>
    where TMessage : class, IMessage<TMessage>, new()
{
    private static readonly MessageParser<TMessage> Parser = new(() => new TMessage());

    public static Marshaller<TMessage> Instance { get; } = new(Serialize, Deserialize);

    private static void Serialize(TMessage message, SerializationContext context)
    {
        context.SetPayloadLength(message.CalculateSize());
        message.WriteTo(context.GetBufferWriter());
        context.Complete();
    }

    private static TMessage Deserialize(DeserializationContext context)
    {
        if (context.PayloadLength > MessageSize.Max)
        {
            throw MessageSize.TooLarge(context.PayloadLength);
        }

        return (TMessage)MessageBytes.Parse(Parser, context.PayloadAsReadOnlySequence());
    }
}
