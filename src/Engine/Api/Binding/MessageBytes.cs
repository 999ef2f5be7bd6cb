using System.Buffers;
using Google.Protobuf;
using Grpc.Core;

namespace AugmentedOS.Engine.Api.Binding;

/// <summary>From what travels to a message.</summary>
internal static class MessageBytes
{
    /// <exception cref="RpcException">INVALID_ARGUMENT: these bytes are no such message.</exception>
    public static IMessage Parse(MessageParser parser, ReadOnlySequence<byte> bytes)
    {
        try
        {
            return parser.ParseFrom(bytes);
        }
        catch (Exception malformed) when (malformed is InvalidProtocolBufferException or InvalidOperationException)
        {
            // The parser says the second of wrapped numbers that end too early.
            throw new RpcException(
                new Status(StatusCode.InvalidArgument, $"grpc: error unmarshalling request: {malformed.Message}"));
        }
    }
}
