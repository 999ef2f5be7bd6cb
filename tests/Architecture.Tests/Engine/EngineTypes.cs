using System.Reflection;
using System.Runtime.CompilerServices;
using NetArchTest.Rules;

namespace AugmentedOS.Architecture.Tests.Engine;

/// <summary>The engine's types by room: the folder of src/Engine, which is the namespace.</summary>
internal static class EngineTypes
{
    private const string Root = "AugmentedOS.Engine";

    public static Assembly Assembly { get; } = typeof(AugmentedOS.Engine.Hosting.IWorkflowEngine).Assembly;

    public static IEnumerable<Type> Of(string room) => Assembly.GetTypes().Where(type =>
        !type.IsDefined(typeof(CompilerGeneratedAttribute), inherit: false)
        && type.DeclaringType is null
        && (type.Namespace == $"{Root}.{room}"
            || type.Namespace?.StartsWith($"{Root}.{room}.", StringComparison.Ordinal) is true));

    /// <summary>Which types of a room depend on any of these: full names of types, or namespaces.</summary>
    public static IEnumerable<string> Users(string room, IEnumerable<string> used)
    {
        var result = Types.InAssembly(Assembly).That().ResideInNamespace($"{Root}.{room}")
            .ShouldNot().HaveDependencyOnAny([.. used]).GetResult();
        return result.FailingTypeNames ?? [];
    }

    /// <summary>Full names of all types of a room but some.</summary>
    public static IEnumerable<string> AllOf(string room, params string[] except) =>
        Of(room).Where(type => !except.Contains(type.Name)).Select(type => type.FullName!);
}
