namespace AugmentedOS.Engine.Api.Binding;

/// <summary>One gRPC service: its full name and the RPCs that are built.</summary>
/// <remarks>RPCs are bound by their types, not from descriptors: reading the descriptors of 140 messages takes a
/// quarter of a second, which a cold start does not have. A test holds both together.</remarks>
internal abstract class RpcService(string fullName, CallGuard guard)
{
    private readonly List<IBoundRpc> _rpcs = [];

    public string FullName { get; } = fullName;

    public IReadOnlyList<IBoundRpc> Rpcs => _rpcs;

    protected void AddUnbuilt(IEnumerable<string> names) =>
        _rpcs.AddRange(names.Select(name => new UnbuiltRpc(FullName, name)));

    public RpcService Add<TRequest, TResponse>(IRpc<TRequest, TResponse> rpc, string? name = null)
        where TRequest : class, Google.Protobuf.IMessage<TRequest>, new()
        where TResponse : class, Google.Protobuf.IMessage<TResponse>, new()
    {
        _rpcs.Add(new BoundRpc<TRequest, TResponse>(FullName, rpc, guard, name));
        return this;
    }
}
