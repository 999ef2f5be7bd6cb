using System.Collections;
using Temporalio.Common.EnvConfig;

namespace AugmentedOS.Workflows.Hosting;

/// <summary>What <c>TEMPORAL_*</c> variables and <c>temporal.toml</c> say, as every Temporal SDK and command line reads
/// them.
/// </summary>
/// <remarks>Source: <see href="https://docs.temporal.io/develop/environment-configuration"/>.</remarks>
internal static class TemporalEnvironment
{
    private static readonly string[] NamesOfServers = ["TEMPORAL_ADDRESS", "TEMPORAL_PROFILE", "TEMPORAL_CONFIG_FILE"];

    /// <summary>This process's variables.</summary>
    public static IReadOnlyDictionary<string, string> OfProcess() => Environment.GetEnvironmentVariables()
        .Cast<DictionaryEntry>()
        .ToDictionary(entry => (string)entry.Key, entry => (string?)entry.Value ?? "", StringComparer.Ordinal);

    /// <summary>The variable that says for this process that there is a server; null when none does.</summary>
    /// <remarks>A <c>temporal.toml</c> in the home directory alone says nothing: it is there for the command line, and
    /// an application that was started without a word must not find itself in somebody's production.</remarks>
    public static string? NameOfServer(IReadOnlyDictionary<string, string> variables) =>
        NamesOfServers.FirstOrDefault(name => variables.TryGetValue(name, out var value) && value.Length > 0);

    /// <summary>What they say; variables win over the file.</summary>
    public static ClientEnvConfig.Profile Load(IReadOnlyDictionary<string, string> variables, List<string> mistakes)
    {
        try
        {
            return ClientEnvConfig.Profile.Load(new ClientEnvConfig.ProfileLoadOptions { OverrideEnvVars = variables });
        }
        catch (InvalidOperationException problem)
        {
            var file = variables.GetValueOrDefault("TEMPORAL_CONFIG_FILE", "temporal.toml in its default place");
            var profile = variables.GetValueOrDefault("TEMPORAL_PROFILE", "default");
            mistakes.Add(
                $"TEMPORAL_* variables and the profile '{profile}' of {file} cannot be read: {problem.Message} "
                + "Correct them, or unset TEMPORAL_PROFILE and TEMPORAL_CONFIG_FILE.");
            return new ClientEnvConfig.Profile();
        }
    }
}
