using System.Text.Json;
using AugmentedOS.Engine.Executions;

namespace AugmentedOS.Engine.Hosting.DynamicConfig;

/// <summary>What dynamic-config values make of the engine's limits.</summary>
/// <param name="Unknown">Keys that this engine has no use for: told, not refused, as on a Temporal server.</param>
/// <param name="Mistakes">Values that cannot be understood, a line each.</param>
internal sealed record DynamicConfigReading(
    EngineLimits Limits, IReadOnlyList<string> Unknown, IReadOnlyList<string> Mistakes)
{
    /// <param name="values">Key to value in JSON; what is no JSON stands for a string.</param>
    public static DynamicConfigReading Of(EngineLimits limits, IEnumerable<KeyValuePair<string, string>> values)
    {
        var unknown = new List<string>();
        var mistakes = new List<string>();
        foreach (var (key, value) in values)
        {
            if (DynamicConfigTable.Find(key) is not { } setting)
            {
                unknown.Add(key);
            }
            else if (setting.Apply(limits, Parse(value)) is { } changed)
            {
                limits = changed;
            }
            else
            {
                mistakes.Add($"DynamicConfig gives {setting.Key} the value {value}: give {setting.Type}.");
            }
        }

        return new DynamicConfigReading(limits, unknown, mistakes);
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
