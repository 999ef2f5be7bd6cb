using System.Globalization;
using Microsoft.Extensions.Configuration;

namespace AugmentedOS.Engine.Hosting;

/// <summary>Reads options from a configuration section. By hand: every mistake is named, and a cold start does not pay
/// for reflection.</summary>
internal static class EngineConfiguration
{
    public const string Section = "Engine";
    private const string EnvironmentPrefix = "AOS_";

    private static readonly Dictionary<string, Action<WorkflowEngineOptions, IConfigurationSection>> Options =
        new(StringComparer.OrdinalIgnoreCase)
        {
            [nameof(WorkflowEngineOptions.DatabasePath)] = (options, value) => options.DatabasePath = value.Value ?? "",
            [nameof(WorkflowEngineOptions.Ip)] = (options, value) => options.Ip = value.Value ?? "",
            [nameof(WorkflowEngineOptions.Port)] = (options, value) => options.Port = ReadPort(options, value),
            [nameof(WorkflowEngineOptions.HttpPort)] = (options, value) => options.HttpPort = ReadPort(options, value),
            [nameof(WorkflowEngineOptions.MetricsPort)] =
                (options, value) => options.MetricsPort = ReadPort(options, value),
            [nameof(WorkflowEngineOptions.Tls)] = SecurityConfiguration.ReadTls,
            [nameof(WorkflowEngineOptions.Access)] = SecurityConfiguration.ReadAccess,
            [nameof(WorkflowEngineOptions.Audit)] = SecurityConfiguration.ReadAudit,
            [nameof(WorkflowEngineOptions.Namespaces)] = (options, value) => AddAll(options.Namespaces, value),
            [nameof(WorkflowEngineOptions.SqlitePragmas)] = (options, value) =>
            {
                foreach (var child in value.GetChildren())
                {
                    options.SqlitePragmas[child.Key] = child.Value ?? "";
                }
            },
            [nameof(WorkflowEngineOptions.SearchAttributes)] = ReadSearchAttributes,
            [nameof(WorkflowEngineOptions.Retention)] =
                (options, value) => options.Retention = ReadTime(options, value) ?? options.Retention,
            [nameof(WorkflowEngineOptions.DrainTimeout)] =
                (options, value) => options.DrainTimeout = ReadTime(options, value) ?? options.DrainTimeout,
            [nameof(WorkflowEngineOptions.SuggestContinueAsNewAfterEvents)] = (options, value) =>
                options.SuggestContinueAsNewAfterEvents =
                    ReadCount(options, value) ?? options.SuggestContinueAsNewAfterEvents,
            [nameof(WorkflowEngineOptions.TimeSkipping)] = ReadTimeSkipping,
            [nameof(WorkflowEngineOptions.DynamicConfig)] = ReadDynamicConfig,
        };

    /// <summary>What the application's configuration says, then what the environment says.</summary>
    public static void Apply(WorkflowEngineOptions options, IConfiguration? configuration)
    {
        if (configuration is not null)
        {
            ApplySection(options, configuration.GetSection(Section));
        }

        var environment = new ConfigurationBuilder().AddEnvironmentVariables(EnvironmentPrefix).Build();
        ApplySection(options, environment.GetSection(Section));
    }

    private static void ApplySection(WorkflowEngineOptions options, IConfigurationSection section)
    {
        foreach (var value in section.GetChildren())
        {
            if (Options.TryGetValue(value.Key, out var apply))
            {
                apply(options, value);
            }
            else
            {
                options.Mistakes.Add($"{value.Path} is not an option. Options are: {string.Join(", ", Options.Keys)}.");
            }
        }
    }

    private static int? ReadPort(WorkflowEngineOptions options, IConfigurationSection value)
    {
        if (string.IsNullOrEmpty(value.Value))
        {
            return null;
        }

        if (int.TryParse(value.Value, CultureInfo.InvariantCulture, out var port))
        {
            return port;
        }

        options.Mistakes.Add($"{value.Path} is '{value.Value}': give a port number, 0 for a free one, or nothing.");
        return 0;
    }

    private static int? ReadCount(WorkflowEngineOptions options, IConfigurationSection value)
    {
        if (int.TryParse(value.Value, CultureInfo.InvariantCulture, out var count))
        {
            return count;
        }

        options.Mistakes.Add($"{value.Path} is '{value.Value}': give a number.");
        return null;
    }

    private static TimeSpan? ReadTime(WorkflowEngineOptions options, IConfigurationSection value)
    {
        if (TimeSpan.TryParse(value.Value, CultureInfo.InvariantCulture, out var time))
        {
            return time;
        }

        options.Mistakes.Add($"{value.Path} is '{value.Value}': give a time as days.hours:minutes:seconds.");
        return null;
    }

    private static void AddAll(IList<string> list, IConfigurationSection section)
    {
        foreach (var value in ValuesOf(section))
        {
            list.Add(value);
        }
    }

    private static void ReadSearchAttributes(WorkflowEngineOptions options, IConfigurationSection section)
    {
        foreach (var child in section.GetChildren())
        {
            options.SearchAttributes[child.Key] = child.Value ?? "";
        }

        foreach (var pair in section.Value?.Split(',', StringSplitOptions.TrimEntries) ?? [])
        {
            var at = pair.IndexOf('=', StringComparison.Ordinal);
            if (at <= 0)
            {
                options.Mistakes.Add($"{section.Path} has '{pair}': give NAME=TYPE.");
                continue;
            }

            options.SearchAttributes[pair[..at]] = pair[(at + 1)..];
        }
    }

    private static void ReadTimeSkipping(WorkflowEngineOptions options, IConfigurationSection value)
    {
        if (Enum.TryParse<TimeSkipping>(value.Value, ignoreCase: true, out var skipping) && Enum.IsDefined(skipping))
        {
            options.TimeSkipping = skipping;
            return;
        }

        options.Mistakes.Add($"{value.Path} is '{value.Value}': give {string.Join(", ", Enum.GetNames<TimeSkipping>())}.");
    }

    private static void ReadDynamicConfig(WorkflowEngineOptions options, IConfigurationSection section)
    {
        foreach (var child in section.GetChildren())
        {
            options.DynamicConfig[child.Key] = child.Value ?? "";
            if (child.Value is null)
            {
                options.Mistakes.Add($"{child.Path} is not a value: give lists as one JSON text.");
            }
        }
    }

    private static IEnumerable<string> ValuesOf(IConfigurationSection section) => section.Value is { } list
        ? list.Split(',', StringSplitOptions.TrimEntries)
        : section.GetChildren().Select(child => child.Value ?? "");
}
