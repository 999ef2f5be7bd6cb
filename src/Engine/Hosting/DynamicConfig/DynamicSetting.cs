using System.Text.Json;
using AugmentedOS.Engine.Executions;

namespace AugmentedOS.Engine.Hosting.DynamicConfig;

/// <summary>An official dynamic-config key and the field that it sets.</summary>
/// <param name="Key">As Temporal's documentation spells it; case does not count.</param>
/// <param name="Type">What its value has to be, in words for people.</param>
/// <param name="Read">The field's value as JSON.</param>
/// <param name="Apply">The limits with the field set; null when the value is not of the type.</param>
internal sealed record DynamicSetting(
    string Key,
    string Type,
    Func<EngineLimits, string> Read,
    Func<EngineLimits, JsonElement, EngineLimits?> Apply)
{
    public string Default => Read(EngineLimits.Default);
}
