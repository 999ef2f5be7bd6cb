using Google.Protobuf;
using Grpc.AspNetCore.Server.Model;
using Grpc.Core;

namespace AugmentedOS.Engine.Api.Binding;

/// <summary>An RPC with its name and types, ready to be added to a gRPC server.</summary>
internal interface IBoundRpc
{
    /// <summary>The method's name within its service.</summary>
    string Name { get; }

    /// <summary>Null when it is not built.</summary>
    Type? RequestType { get; }

    /// <summary>Null when it is not built.</summary>
    Type? ResponseType { get; }

    void AddTo<TService>(ServiceMethodProviderContext<TService> context)
        where TService : class;

    /// <summary>Answers a call that did not come over gRPC, with the same checks.</summary>
    /// <param name="request">Of <see cref="RequestType"/>.</param>
    /// <exception cref="RpcException">The call is refused.</exception>
    Task<IMessage> AnswerAsync(IMessage request, ServerCallContext context);
}
