using System.Collections;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Google.Protobuf.WellKnownTypes;

namespace AugmentedOS.Engine.Tests.Executions.Kit;

/// <summary>Compares messages by what the expected one says: fields that it leaves out may hold anything.</summary>
internal static class PartialMatch
{
    /// <summary>The first difference, by the field's path; null when there is none.</summary>
    public static string? Difference(IMessage expected, IMessage actual, string path = "")
    {
        foreach (var field in expected.Descriptor.Fields.InDeclarationOrder().Where(f => IsSet(expected, f)))
        {
            var (wanted, got) = (field.Accessor.GetValue(expected), field.Accessor.GetValue(actual));
            var name = path.Length == 0 ? field.Name : $"{path}.{field.Name}";
            if (wanted is IMessage message && got is IMessage gotMessage && !IsTime(message))
            {
                if (Difference(message, gotMessage, name) is { } inner)
                {
                    return inner;
                }
            }
            else if (!wanted.Equals(got))
            {
                return $"{name}: expected {wanted}, was {got ?? "absent"}";
            }
        }

        return null;
    }

    /// <summary>Times are compared whole: zero seconds in an expected one is a statement.</summary>
    private static bool IsTime(IMessage message) => message is Timestamp or Duration;

    private static bool IsSet(IMessage message, FieldDescriptor field)
    {
        if (field.RealContainingOneof is { } oneof && oneof.Accessor.GetCaseFieldDescriptor(message) != field)
        {
            return false;
        }

        return field.Accessor.GetValue(message) switch
        {
            null => false,
            ICollection collection => collection.Count > 0,
            string text => text.Length > 0,
            ByteString bytes => !bytes.IsEmpty,
            IMessage => true,
            System.Enum value => Convert.ToInt32(value) != 0,
            IConvertible number => Convert.ToDouble(number) != 0,
            _ => true,
        };
    }
}
