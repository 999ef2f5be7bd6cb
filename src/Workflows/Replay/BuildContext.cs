using System.Reflection;
using System.Runtime.Loader;

namespace AugmentedOS.Workflows.Replay;

/// <summary>Loads a build with its dependencies, apart from this program's own.</summary>
/// <remarks>What both sides must agree on is this program's: the SDK's attributes and types are compared by identity.
/// All else is the build's own version where it brings one. Never unloaded: the SDK keeps the workflows that it has
/// seen.</remarks>
internal sealed class BuildContext(string assembly) : AssemblyLoadContext(Path.GetFileName(assembly))
{
    // Protobuf and logging appear in the SDK's signatures; NexusRpc in its workflow definitions.
    private static readonly string[] Shared =
    [
        "Temporalio", "Google.Protobuf", "NexusRpc", "AugmentedOS.Workflows",
        "Microsoft.Extensions.Logging.Abstractions",
        "Microsoft.Extensions.DependencyInjection.Abstractions",
    ];

    private readonly AssemblyDependencyResolver _resolver = new(assembly);

    protected override Assembly? Load(AssemblyName assemblyName)
    {
        // Null asks the default context, as for the framework's own assemblies.
        if (Shared.Contains(assemblyName.Name))
        {
            return null;
        }

        return _resolver.ResolveAssemblyToPath(assemblyName) is { } path ? LoadFromAssemblyPath(path) : null;
    }

    protected override IntPtr LoadUnmanagedDll(string unmanagedDllName) =>
        _resolver.ResolveUnmanagedDllToPath(unmanagedDllName) is { } path
            ? LoadUnmanagedDllFromPath(path)
            : IntPtr.Zero;
}
