using Temporalio.Common.EnvConfig;

namespace AugmentedOS.Workflows.Hosting;

/// <summary>Decides whether the connection has TLS, and reads what it needs.</summary>
internal static class TlsResolution
{
    /// <returns>Null when there is no TLS.</returns>
    public static TlsMaterial? Resolve(
        WorkflowsProfile profile,
        WorkflowsTlsOptions options,
        ClientEnvConfig.Tls? environment,
        bool hasApiKey,
        List<string> mistakes)
    {
        var disabled = options.Disabled ?? environment?.Disabled;
        if (disabled == true)
        {
            if (profile == WorkflowsProfile.Cloud)
            {
                mistakes.Add(
                    "Workflows:Tls:Disabled (or TEMPORAL_TLS=false) turns TLS off, which the profile Cloud must "
                    + "have: remove it.");
            }

            return null;
        }

        var material = Read(options, environment, mistakes);
        var isOn = disabled == false
            || hasApiKey
            || profile == WorkflowsProfile.Cloud
            || material is not { Certificate: null, Key: null, Ca: null, ServerName: null };
        return isOn ? material : null;
    }

    /// <summary>Reads the files, those that options name before those that the environment names.</summary>
    public static TlsMaterial Read(WorkflowsTlsOptions options, ClientEnvConfig.Tls? environment, List<string> mistakes)
    {
        FindMissingHalf(options, environment, mistakes);
        return new TlsMaterial(
            Read("CertificateFile", options.CertificateFile, environment?.ClientCert, mistakes),
            Read("KeyFile", options.KeyFile, environment?.ClientPrivateKey, mistakes),
            Read("CaFile", options.CaFile, environment?.ServerRootCACert, mistakes),
            options.ServerName ?? environment?.ServerName);
    }

    private static void FindMissingHalf(
        WorkflowsTlsOptions options, ClientEnvConfig.Tls? environment, List<string> mistakes)
    {
        var hasCertificate = options.CertificateFile is not null || environment?.ClientCert is not null;
        var hasKey = options.KeyFile is not null || environment?.ClientPrivateKey is not null;
        if (hasCertificate && !hasKey)
        {
            mistakes.Add("There is a client certificate but no key: set Workflows:Tls:KeyFile "
                + "(or TEMPORAL_TLS_CLIENT_KEY_PATH).");
        }
        else if (hasKey && !hasCertificate)
        {
            mistakes.Add("There is a client key but no certificate: set Workflows:Tls:CertificateFile "
                + "(or TEMPORAL_TLS_CLIENT_CERT_PATH).");
        }
    }

    private static byte[]? Read(string name, string? file, DataSource? environment, List<string> mistakes)
    {
        var path = file ?? environment?.Path;
        if (path is null)
        {
            return environment?.Data;
        }

        try
        {
            return File.ReadAllBytes(path);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            var from = file is null ? "TEMPORAL_TLS_* or temporal.toml" : $"Workflows:Tls:{name}";
            mistakes.Add($"{from} names the file '{path}', which cannot be read: {problem.Message}");
            return null;
        }
    }
}
