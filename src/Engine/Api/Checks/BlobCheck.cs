using AugmentedOS.Engine.Executions;
using Google.Protobuf;

namespace AugmentedOS.Engine.Api.Checks;

/// <summary>Whether payloads are small enough to keep.</summary>
internal static class BlobCheck
{
    public static Rejection? Check(IMessage? payloads, EngineLimits limits) => Exceeds(payloads, limits)
        ? Rejection.InvalidArgument("Blob data size exceeds limit.")
        : null;

    public static bool Exceeds(IMessage? payloads, EngineLimits limits) =>
        payloads?.CalculateSize() > limits.BlobSizeError;
}
