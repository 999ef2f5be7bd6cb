using System.Globalization;

namespace AugmentedOS.Workflows.Hosting;

/// <summary>Whether settings can work. Finds all mistakes at once; what the profile has no use for is not looked
/// at.</summary>
internal static class SettingsCheck
{
    private const int MaxPort = 65_535;
    private const int PartsOfACloudNamespace = 2;

    public static IEnumerable<string> Find(ConnectionSettings settings) => settings.Profile switch
    {
        WorkflowsProfile.Embedded => [],
        WorkflowsProfile.Cluster => FindInAddress(settings),
        WorkflowsProfile.Cloud => [.. FindInAddress(settings), .. FindInCloud(settings)],
        _ => [$"Profile is {(int)settings.Profile}, which is none: give "
            + $"{string.Join(", ", Enum.GetNames<WorkflowsProfile>())}."],
    };

    private static IEnumerable<string> FindInAddress(ConnectionSettings settings)
    {
        if (settings.Address is null)
        {
            yield return $"The profile {settings.Profile} ({settings.Origin}) needs an address: set Workflows:Address "
                + "(or TEMPORAL_ADDRESS, or address in temporal.toml) to host:port"
                + (settings.Profile == WorkflowsProfile.Cloud ? ", such as name.account.tmprl.cloud:7233." : ".");
        }
        else if (!IsHostAndPort(settings.Address))
        {
            yield return $"The address is '{settings.Address}': give host:port, without http://.";
        }
    }

    private static bool IsHostAndPort(string address)
    {
        var colon = address.LastIndexOf(':');
        return colon > 0
            && !address.Contains('/', StringComparison.Ordinal)
            && int.TryParse(address[(colon + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var port)
            && port is > 0 and <= MaxPort;
    }

    private static IEnumerable<string> FindInCloud(ConnectionSettings settings)
    {
        var parts = settings.Namespace.Split('.');
        if (parts.Length != PartsOfACloudNamespace || parts.Any(string.IsNullOrWhiteSpace))
        {
            yield return $"The namespace is '{settings.Namespace}': the profile Cloud needs name.account, as its "
                + "console shows it; set Workflows:Namespace (or TEMPORAL_NAMESPACE).";
        }

        if (settings.ApiKey is null && settings.Tls?.Certificate is null)
        {
            yield return "The profile Cloud needs an API key or a client certificate: set Workflows:ApiKey (or "
                + "TEMPORAL_API_KEY), or Workflows:Tls:CertificateFile and Workflows:Tls:KeyFile.";
        }
    }
}
