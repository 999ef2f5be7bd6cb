using Microsoft.Extensions.Configuration;
using Temporalio.Common.EnvConfig;

namespace AugmentedOS.Workflows.Hosting;

/// <summary>Makes settings of all sources: code, configuration, <c>TEMPORAL_*</c>, <c>temporal.toml</c>,
/// defaults.</summary>
internal static class SettingsResolution
{
    private const string DefaultNamespace = "default";
    private static readonly ClientEnvConfig.Profile Nothing = new();

    /// <exception cref="WorkflowsConfigurationException">Something is wrong; the message has a line for each mistake.
    /// </exception>
    public static ConnectionSettings Resolve(
        IConfiguration configuration, Action<WorkflowsOptions>? configure,
        IReadOnlyDictionary<string, string> variables)
    {
        var mistakes = new List<string>();
        var options = new WorkflowsOptions();
        WorkflowsConfiguration.Apply(options, configuration, mistakes);
        configure?.Invoke(options);

        var (profile, origin) = ChooseProfile(options, variables);
        var isEmbedded = profile == WorkflowsProfile.Embedded;
        var environment = isEmbedded ? Nothing : TemporalEnvironment.Load(variables, mistakes);
        var apiKey = options.ApiKey ?? environment.ApiKey;
        var settings = new ConnectionSettings(
            profile,
            origin,
            options.Address ?? environment.Address,
            options.Namespace ?? environment.Namespace ?? DefaultNamespace,
            apiKey,
            isEmbedded
                ? null
                : TlsResolution.Resolve(profile, options.Tls, environment.Tls, apiKey is not null, mistakes),
            options.Tls,
            options.File,
            options.Owner,
            environment.GrpcMeta ?? new Dictionary<string, string>());
        mistakes.AddRange(SettingsCheck.Find(settings));
        ThrowIfAny(mistakes);
        return settings;
    }

    public static void ThrowIfAny(List<string> mistakes)
    {
        if (mistakes.Count > 0)
        {
            throw new WorkflowsConfigurationException("Workflows cannot run with these settings:"
                + string.Concat(mistakes.Select(line => $"{Environment.NewLine}  {line}")));
        }
    }

    private static (WorkflowsProfile Profile, string Origin) ChooseProfile(
        WorkflowsOptions options, IReadOnlyDictionary<string, string> variables)
    {
        if (options.Profile is { } stated)
        {
            return (stated, "as configured");
        }

        if (options.Address is not null)
        {
            return (WorkflowsProfile.Cluster, "because Workflows:Address is set");
        }

        return TemporalEnvironment.NameOfServer(variables) is { } name
            ? (WorkflowsProfile.Cluster, $"because {name} is set")
            : (WorkflowsProfile.Embedded, "because no server is configured");
    }
}
