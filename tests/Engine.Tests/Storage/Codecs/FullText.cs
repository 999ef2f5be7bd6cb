using System.Collections;
using System.Text;
using AugmentedOS.Engine.Executions;
using Google.Protobuf;

namespace AugmentedOS.Engine.Tests.Storage.Codecs;

/// <summary>
/// Everything that a value holds as text, one line a field: what two states are compared by, and what a failing test
/// shows.
/// </summary>
internal static class FullText
{
    public static string Of(object value)
    {
        var text = new StringBuilder();
        Write(text, "", value);
        return text.ToString();
    }

    private static void Write(StringBuilder text, string path, object? value)
    {
        switch (value)
        {
            case null or string or IMessage or IFormattable or bool or Instant or RunKey:
                text.Append(path).Append(" = ").Append(value ?? "null").Append('\n');
                break;
            case IEnumerable items:
                WriteAll(text, path, items);
                break;
            default:
                foreach (var field in FullSample.Fields(value.GetType()))
                {
                    Write(text, $"{path}.{field.Name}", field.GetValue(value));
                }

                break;
        }
    }

    private static void WriteAll(StringBuilder text, string path, IEnumerable items)
    {
        var lines = items.Cast<object>().Select((item, index) => item switch
        {
            _ when item.GetType().GetProperty("Key") is { } key && item is not RunState =>
                Line($"{path}[{key.GetValue(item)}]", item.GetType().GetProperty("Value")!.GetValue(item)),
            _ => Line($"{path}[]", item),
        });
        foreach (var line in lines.Order(StringComparer.Ordinal))
        {
            text.Append(line);
        }
    }

    private static string Line(string path, object? value)
    {
        var text = new StringBuilder();
        Write(text, path, value);
        return text.ToString();
    }
}
