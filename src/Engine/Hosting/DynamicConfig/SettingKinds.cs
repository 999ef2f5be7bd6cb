using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using AugmentedOS.Engine.Executions;
using AugmentedOS.Engine.Executions.Cron;

namespace AugmentedOS.Engine.Hosting.DynamicConfig;

/// <summary>The types that values of settings may have.</summary>
internal static class SettingKinds
{
    public static DynamicSetting Int(string key, Func<EngineLimits, long> read, Func<EngineLimits, int, EngineLimits> with) =>
        Long(key, int.MaxValue, read, (limits, value) => with(limits, (int)value));

    public static DynamicSetting Long(string key, Func<EngineLimits, long> read, Func<EngineLimits, long, EngineLimits> with) =>
        Long(key, long.MaxValue, read, with);

    public static DynamicSetting Ratio(
        string key, Func<EngineLimits, double> read, Func<EngineLimits, double, EngineLimits> with) => new(
        key,
        "a number that is not negative",
        limits => read(limits).ToString("R", CultureInfo.InvariantCulture),
        (limits, json) => json.ValueKind == JsonValueKind.Number && json.GetDouble() is >= 0 and < double.PositiveInfinity
            ? with(limits, json.GetDouble())
            : null);

    public static DynamicSetting Time(
        string key, Func<EngineLimits, TimeSpan> read, Func<EngineLimits, TimeSpan, EngineLimits> with) => new(
        key,
        "a duration (\"1m30s\", or a number of seconds)",
        limits => $"\"{read(limits).TotalSeconds.ToString("R", CultureInfo.InvariantCulture)}s\"",
        (limits, json) => TimeOf(json) is { } time ? with(limits, time) : null);

    public static DynamicSetting Switch(
        string key, Func<EngineFeatures, bool> read, Func<EngineFeatures, bool, EngineFeatures> with) => new(
        key,
        "true or false",
        limits => read(limits.Features) ? "true" : "false",
        (limits, json) => SwitchOf(json) is { } isOn
            ? limits with { Features = with(limits.Features, isOn) }
            : null);

    public static DynamicSetting Text(
        string key, Func<EngineLimits, string> read, Func<EngineLimits, string, EngineLimits> with) => new(
        key,
        "a text",
        limits => $"\"{read(limits)}\"",
        (limits, json) => json.ValueKind == JsonValueKind.String ? with(limits, json.GetString()!) : null);

    public static DynamicSetting Hosts(
        string key, Func<EngineLimits, HostPatterns> read, Func<EngineLimits, HostPatterns, EngineLimits> with) => new(
        key,
        "a list of host patterns ([\"*.example.com\"])",
        limits => $"[{string.Join(", ", read(limits).Patterns.Select(pattern => $"\"{pattern}\""))}]",
        (limits, json) => HostsOf(json) is { } hosts ? with(limits, hosts) : null);

    public static DynamicSetting Addresses(
        string key, Func<EngineLimits, AddressRules> read, Func<EngineLimits, AddressRules, EngineLimits> with) => new(
        key,
        "a list of address rules ([{\"Pattern\": \"*.example.com:443\", \"AllowInsecure\": false}])",
        limits => $"[{string.Join(", ", read(limits).Rules.Select(TextOf))}]",
        (limits, json) => RulesOf(json) is { } rules ? with(limits, rules) : null);

    private static DynamicSetting Long(
        string key, long most, Func<EngineLimits, long> read, Func<EngineLimits, long, EngineLimits> with) => new(
        key,
        "a whole number that is not negative",
        limits => read(limits).ToString(CultureInfo.InvariantCulture),
        (limits, json) => json.ValueKind == JsonValueKind.Number && json.TryGetInt64(out var value)
            && value >= 0 && value <= most
                ? with(limits, value)
                : null);

    private static TimeSpan? TimeOf(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.String when GoDuration.TryParse(json.GetString()!, out var time) && time >= TimeSpan.Zero => time,
        JsonValueKind.String when TryReadSeconds(json.GetString()!, out var time) => time,
        JsonValueKind.Number => OfSeconds(json.GetDouble()),
        _ => null,
    };

    private static bool TryReadSeconds(string text, out TimeSpan time)
    {
        var read = double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds)
            ? OfSeconds(seconds)
            : null;
        time = read ?? default;
        return read is not null;
    }

    private static TimeSpan? OfSeconds(double seconds) =>
        seconds >= 0 && seconds <= TimeSpan.MaxValue.TotalSeconds / 2 ? TimeSpan.FromSeconds(seconds) : null;

    private static bool? SwitchOf(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.String when bool.TryParse(json.GetString(), out var isOn) => isOn,
        _ => null,
    };

    private static HostPatterns? HostsOf(JsonElement json) =>
        json.ValueKind == JsonValueKind.Array && json.EnumerateArray().All(item => item.ValueKind == JsonValueKind.String)
            ? new HostPatterns([.. json.EnumerateArray().Select(item => item.GetString()!)])
            : null;

    private static AddressRules? RulesOf(JsonElement json)
    {
        if (json.ValueKind != JsonValueKind.Array)
        {
            return null;
        }

        var rules = ImmutableArray.CreateBuilder<AddressRule>();
        foreach (var item in json.EnumerateArray())
        {
            if (RuleOf(item) is not { } rule)
            {
                return null;
            }

            rules.Add(rule);
        }

        return new AddressRules(rules.ToImmutable());
    }

    private static AddressRule? RuleOf(JsonElement json)
    {
        if (json.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        var (pattern, allowInsecure) = ("", false);
        foreach (var property in json.EnumerateObject())
        {
            if (property.Name.Equals("Pattern", StringComparison.OrdinalIgnoreCase)
                && property.Value.ValueKind == JsonValueKind.String)
            {
                pattern = property.Value.GetString()!;
            }
            else if (property.Name.Equals("AllowInsecure", StringComparison.OrdinalIgnoreCase)
                && SwitchOf(property.Value) is { } isOn)
            {
                allowInsecure = isOn;
            }
            else
            {
                return null;
            }
        }

        return pattern.Length == 0 ? null : new AddressRule(pattern, allowInsecure);
    }

    private static string TextOf(AddressRule rule) =>
        $"{{\"Pattern\": \"{rule.Pattern}\", \"AllowInsecure\": {(rule.AllowInsecure ? "true" : "false")}}}";
}
