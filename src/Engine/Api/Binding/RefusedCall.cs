using Grpc.Core;

namespace AugmentedOS.Engine.Api.Binding;

/// <summary>A refusal on its way to the wire. It keeps what it was, so that it can be counted by its kind.</summary>
internal sealed class RefusedCall(
    Status status, Metadata trailers, Rejection rejection) : RpcException(status, trailers)
{
    public Rejection Rejection { get; } = rejection;
}
