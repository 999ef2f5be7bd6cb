using System.Reflection;
using System.Runtime.Loader;
using Temporalio.Converters;

namespace AugmentedOS.Workflows.Replay;

/// <summary>Finds and makes the data converter of a build.</summary>
internal static class BuildConverter
{
    private const BindingFlags Statics = BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly;

    /// <summary>Makes what a class stands for.</summary>
    /// <exception cref="ReplayException">There is no such class, or it is nothing of the kind, or it cannot be
    /// made.</exception>
    public static DataConverter Of(Assembly assembly, string name)
    {
        var type = Find(assembly, name);
        if (StaticConverter(type) is { } property)
        {
            return Try(type, () => (DataConverter)property.GetValue(null)!);
        }

        if (type.IsAssignableTo(typeof(DataConverter)))
        {
            return Make<DataConverter>(type);
        }

        if (type.IsAssignableTo(typeof(IPayloadCodec)))
        {
            return DataConverter.Default with { PayloadCodec = Make<IPayloadCodec>(type) };
        }

        return type.IsAssignableTo(typeof(IPayloadConverter))
            ? DataConverter.Default with { PayloadConverter = Make<IPayloadConverter>(type) }
            : throw new ReplayException(
                $"{type} reads no payloads. Give a class that is a DataConverter, an IPayloadConverter or an "
                + "IPayloadCodec, or one with a public static property of type DataConverter.");
    }

    /// <summary>In the assembly, else in what it refers to: converters are often in a library of their own.</summary>
    private static Type Find(Assembly assembly, string name) =>
        assembly.GetType(name)
        ?? assembly.GetReferencedAssemblies().Select(used => TryLoad(assembly, used)?.GetType(name))
            .FirstOrDefault(it => it is not null)
        ?? throw new ReplayException(
            $"{assembly.GetName().Name} has no class '{name}', nor has an assembly that it refers to. Give its full "
            + "name: Namespace.Class.");

    private static Assembly? TryLoad(Assembly assembly, AssemblyName used)
    {
        try
        {
            return AssemblyLoadContext.GetLoadContext(assembly)!.LoadFromAssemblyName(used);
        }
        catch (Exception missing) when (missing is FileNotFoundException or FileLoadException)
        {
            return null;   // what is not there has no such class
        }
    }

    private static PropertyInfo? StaticConverter(Type type)
    {
        var found = type.GetProperties(Statics)
            .Where(property => property.PropertyType.IsAssignableTo(typeof(DataConverter)))
            .ToArray();
        return found.Length < 2
            ? found.FirstOrDefault()
            : throw new ReplayException(
                $"{type} has several converters: {string.Join(", ", found.Select(property => property.Name))}. Give a "
                + "class with one.");
    }

    private static T Make<T>(Type type) => Try(type, () => (T)Activator.CreateInstance(type)!);

    private static T Try<T>(Type type, Func<T> make)
    {
        try
        {
            return make();
        }
        catch (MissingMethodException none)
        {
            throw new ReplayException(
                $"{type} cannot be made without arguments. Give it a public constructor that has none, or a class "
                + "with a public static property of type DataConverter that makes it.",
                none);
        }
        catch (TargetInvocationException failed)
        {
            throw new ReplayException($"{type} cannot be made: {failed.InnerException!.Message}", failed);
        }
    }
}
