using Grpc.AspNetCore.Server.Model;

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
}
