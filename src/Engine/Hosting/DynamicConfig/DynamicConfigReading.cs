using System.Collections.Immutable;
using System.Text.Json;
using AugmentedOS.Engine.Executions;

namespace AugmentedOS.Engine.Hosting.DynamicConfig;

/// <summary>What dynamic-config values make of the engine's limits.</summary>
/// <param name="Unknown">Keys that this engine has no use for: told, not refused, as on a Temporal server.</param>
/// <param name="Mistakes">Values that cannot be understood, a line each.</param>
internal sealed record DynamicConfigReading(
    EngineLimits Limits, IReadOnlyList<string> Unknown, IReadOnlyList<string> Mistakes)
{
    /// <param name="values">Key to value in JSON; what is no JSON stands for a string. A value may be a list of values with
    /// constraints.</param>
    public static DynamicConfigReading Of(EngineLimits limits, IEnumerable<KeyValuePair<string, string>> values)
    {
        var unknown = new List<string>();
        var mistakes = new List<string>();
        var ofNamespaces = new List<(string Namespace, DynamicSetting Setting, JsonElement Value, string Text)>();
        foreach (var (key, text) in values)
        {
            if (DynamicConfigTable.Find(key) is not { } setting)
            {
                unknown.Add(key);
                continue;
            }

            if (ConstrainedValues.Read(Parse(text), out var problem) is not { } read)
            {
                mistakes.Add($"DynamicConfig gives {setting.Key} the value {text}: {problem}");
                continue;
            }

            foreach (var (ns, value) in read)
            {
                if (ns is null)
                {
                    limits = Apply(setting, limits, value, text, mistakes);
                }
                else if (DynamicConfigTable.IsOfNamespaces(setting))
                {
                    ofNamespaces.Add((ns, setting, value, text));
                }
                else
                {
                    mistakes.Add($"DynamicConfig gives {setting.Key} in namespace {ns}: it holds for the whole engine.");
                }
            }
        }

        // What a namespace does not say is as everywhere, whichever was said first.
        var own = ImmutableDictionary.CreateBuilder<string, EngineLimits>();
        foreach (var (ns, setting, value, text) in ofNamespaces)
        {
            own[ns] = Apply(setting, own.GetValueOrDefault(ns, limits), value, text, mistakes);
        }

        limits = own.Count == 0 ? limits : limits with { OfNamespaces = own.ToImmutable() };
        return new DynamicConfigReading(limits, unknown, mistakes);
    }

    private static EngineLimits Apply(
        DynamicSetting setting, EngineLimits limits, JsonElement value, string text, List<string> mistakes)
    {
        if (setting.Apply(limits, value) is { } changed)
        {
            return changed;
        }

        mistakes.Add($"DynamicConfig gives {setting.Key} the value {text}: give {setting.Type}.");
        return limits;
    }

    private static JsonElement Parse(string value)
    {
        try
        {
            using var json = JsonDocument.Parse(value);
            return json.RootElement.Clone();
        }
        catch (JsonException)
        {
            using var text = JsonDocument.Parse($"\"{JsonEncodedText.Encode(value)}\"");
            return text.RootElement.Clone();
        }
    }
}
