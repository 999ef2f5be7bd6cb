using System.Collections.Immutable;
using System.Reflection;
using System.Runtime.CompilerServices;
using Google.Protobuf;

namespace AugmentedOS.Engine.Tests.Storage.Codecs;

/// <summary>Makes a value of any type of the state with nothing left at its default, so that whatever a codec forgets
/// is missed.</summary>
internal sealed class FullSample
{
    private int _counter = 1;

    public static object Of(Type type) => new FullSample().Make(type);

    private object Make(Type type)
    {
        _counter++;
        type = Nullable.GetUnderlyingType(type) ?? type;
        return type switch
        {
            _ when type == typeof(string) => $"text-{_counter}",
            _ when type == typeof(bool) => true,
            _ when type == typeof(int) => _counter,
            _ when type == typeof(long) => (long)_counter,
            _ when type == typeof(Guid) => new Guid(_counter, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10),
            _ when type == typeof(TimeSpan) => TimeSpan.FromTicks(_counter),
            _ when type.IsEnum => Enum.GetValues(type).GetValue(2)!,
            _ when typeof(IMessage).IsAssignableFrom(type) => MakeMessage(type),
            _ when type.IsGenericType && type.Namespace == typeof(ImmutableList).Namespace => MakeCollection(type),
            _ => MakeRecord(type),
        };
    }

    /// <summary>A message with its first text, number or flag set.</summary>
    private IMessage MakeMessage(Type type)
    {
        var message = (IMessage)Activator.CreateInstance(type)!;
        var field = message.Descriptor.Fields.InFieldNumberOrder().FirstOrDefault(candidate =>
            !candidate.IsRepeated && candidate.FieldType is Google.Protobuf.Reflection.FieldType.String
                or Google.Protobuf.Reflection.FieldType.Int64);
        if (field?.FieldType == Google.Protobuf.Reflection.FieldType.Int64)
        {
            field.Accessor.SetValue(message, (long)_counter);
        }
        else
        {
            field?.Accessor.SetValue(message, $"message-{_counter}");
        }

        return message;
    }

    private object MakeCollection(Type type)
    {
        var parts = type.GetGenericArguments();
        var empty = type.Name.StartsWith("ImmutableSortedDictionary", StringComparison.Ordinal) && parts[0] == typeof(string)
            ? typeof(ImmutableSortedDictionary).GetMethod("Create", 2, [typeof(IComparer<>).MakeGenericType(
                Type.MakeGenericMethodParameter(0))])!.MakeGenericMethod(parts).Invoke(null, [StringComparer.Ordinal])!
            : type.GetField("Empty")!.GetValue(null)!;
        for (var i = 0; i < 3; i++)
        {
            empty = type.GetMethod("Add", parts)!.Invoke(empty, MakeItem(type, parts))!;
        }

        return empty;
    }

    /// <summary>An item; a dictionary's key is the value's own where the value has one.</summary>
    private object[] MakeItem(Type type, Type[] parts)
    {
        var made = parts.Select(Make).ToArray();
        if (parts.Length == 2 && OwnKey(parts[1], parts[0]) is { } key)
        {
            made[0] = key.GetValue(made[1])!;
        }

        return made;
    }

    private static PropertyInfo? OwnKey(Type value, Type key) =>
        new[] { "ScheduledEventId", "TimerId", "InitiatedEventId", "Number" }
            .Select(value.GetProperty)
            .FirstOrDefault(property => property?.PropertyType == key);

    private object MakeRecord(Type type)
    {
        var constructor = type.GetConstructors(BindingFlags.Public | BindingFlags.Instance)
            .MaxBy(candidate => candidate.GetParameters().Length);
        var made = constructor is null
            ? RuntimeHelpers.GetUninitializedObject(type)
            : constructor.Invoke([.. constructor.GetParameters().Select(parameter => Make(parameter.ParameterType))]);
        foreach (var property in Fields(type))
        {
            property.SetValue(made, Make(property.PropertyType));
        }

        return made;
    }

    /// <summary>What is stored of a record: everything that can be set.</summary>
    public static IEnumerable<PropertyInfo> Fields(Type type) =>
        type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(property => property.SetMethod is not null);
}
