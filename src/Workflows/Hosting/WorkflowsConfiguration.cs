using Microsoft.Extensions.Configuration;

namespace AugmentedOS.Workflows.Hosting;

/// <summary>Reads the section <c>Workflows</c>. By hand, so that every mistake is named.</summary>
internal static class WorkflowsConfiguration
{
    public const string Section = "Workflows";

    private static readonly Dictionary<string, Action<WorkflowsOptions, IConfigurationSection, List<string>>> Known =
        new(StringComparer.OrdinalIgnoreCase)
        {
            [nameof(WorkflowsOptions.Profile)] = ReadProfile,
            [nameof(WorkflowsOptions.Address)] = (options, value, _) => options.Address = TextOf(value),
            [nameof(WorkflowsOptions.Namespace)] = (options, value, _) => options.Namespace = TextOf(value),
            [nameof(WorkflowsOptions.ApiKey)] = (options, value, _) => options.ApiKey = TextOf(value),
            [nameof(WorkflowsOptions.File)] = (options, value, _) => options.File = TextOf(value),
            [nameof(WorkflowsOptions.Owner)] = (options, value, _) => options.Owner = TextOf(value),
            [nameof(WorkflowsOptions.Tls)] = ReadTls,
        };

    private static readonly Dictionary<string, Action<WorkflowsTlsOptions, IConfigurationSection, List<string>>>
        KnownOfTls = new(StringComparer.OrdinalIgnoreCase)
        {
            [nameof(WorkflowsTlsOptions.Disabled)] = ReadDisabled,
            [nameof(WorkflowsTlsOptions.CertificateFile)] = (tls, value, _) => tls.CertificateFile = TextOf(value),
            [nameof(WorkflowsTlsOptions.KeyFile)] = (tls, value, _) => tls.KeyFile = TextOf(value),
            [nameof(WorkflowsTlsOptions.CaFile)] = (tls, value, _) => tls.CaFile = TextOf(value),
            [nameof(WorkflowsTlsOptions.ServerName)] = (tls, value, _) => tls.ServerName = TextOf(value),
        };

    /// <summary>Sets what the section says. An empty value is none: that is how a later source takes one
    /// back.</summary>
    public static void Apply(WorkflowsOptions options, IConfiguration configuration, List<string> mistakes) =>
        Apply(Known, options, configuration.GetSection(Section), mistakes);

    private static void Apply<T>(
        Dictionary<string, Action<T, IConfigurationSection, List<string>>> known,
        T options,
        IConfigurationSection section,
        List<string> mistakes)
    {
        foreach (var value in section.GetChildren())
        {
            if (known.TryGetValue(value.Key, out var read))
            {
                read(options, value, mistakes);
            }
            else
            {
                mistakes.Add($"{value.Path} is not a setting. Settings are: {string.Join(", ", known.Keys)}.");
            }
        }
    }

    private static void ReadProfile(WorkflowsOptions options, IConfigurationSection value, List<string> mistakes)
    {
        if (TextOf(value) is not { } text)
        {
            return;
        }

        // A number parses as an enumeration's value too; only names are profiles.
        if (Enum.GetNames<WorkflowsProfile>()
            .FirstOrDefault(name => name.Equals(text, StringComparison.OrdinalIgnoreCase)) is { } known)
        {
            options.Profile = Enum.Parse<WorkflowsProfile>(known);
            return;
        }

        mistakes.Add($"{value.Path} is '{text}', which is no profile: give "
            + $"{string.Join(", ", Enum.GetNames<WorkflowsProfile>())}.");
    }

    private static void ReadTls(WorkflowsOptions options, IConfigurationSection section, List<string> mistakes) =>
        Apply(KnownOfTls, options.Tls, section, mistakes);

    private static void ReadDisabled(WorkflowsTlsOptions tls, IConfigurationSection value, List<string> mistakes)
    {
        if (TextOf(value) is not { } text)
        {
            return;
        }

        if (bool.TryParse(text, out var disabled))
        {
            tls.Disabled = disabled;
            return;
        }

        mistakes.Add($"{value.Path} is '{text}': give true or false.");
    }

    private static string? TextOf(IConfigurationSection value) =>
        string.IsNullOrWhiteSpace(value.Value) ? null : value.Value;
}
