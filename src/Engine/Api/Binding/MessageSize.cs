using Grpc.Core;

namespace AugmentedOS.Engine.Api.Binding;

/// <summary>The largest message taken.</summary>
/// <remarks>The text is part of the protocol: workers match its beginning to learn that an answer of theirs can never
/// get through, and fail the workflow task instead of sending it for ever.</remarks>
internal static class MessageSize
{
    public const int Max = 4 * 1024 * 1024;

    public static string TooLargeText(long size) => $"grpc: received message larger than max ({size} vs. {Max})";

    public static RpcException TooLarge(long size) =>
        new(new Status(StatusCode.ResourceExhausted, TooLargeText(size)));
}
