using Google.Protobuf;
using Grpc.AspNetCore.Server.Model;
using Grpc.Core;

namespace AugmentedOS.Engine.Api.Binding;

/// <summary>An RPC that is not built: it says so, with its name, whatever it is sent.</summary>
internal sealed class UnbuiltRpc(string service, string name) : IBoundRpc
{
    private static readonly Marshaller<Unread> Unreadable = new(static (_, _) => { }, static _ => Unread.Instance);

    public string Name { get; } = name;

    public Type? RequestType => null;

    public Type? ResponseType => null;

    public void AddTo<TService>(ServiceMethodProviderContext<TService> context)
        where TService : class
    {
        var method = new Method<Unread, Unread>(MethodType.Unary, service, Name, Unreadable, Unreadable);
        context.AddUnaryMethod(method, [], (_, _, _) => throw Refusal());
    }

    public Task<IMessage> AnswerAsync(IMessage request, ServerCallContext context) => throw Refusal();

    private RpcException Refusal() => new(new Status(StatusCode.Unimplemented, $"method {Name} not supported"));

    private sealed class Unread
    {
        public static Unread Instance { get; } = new();
    }
}
