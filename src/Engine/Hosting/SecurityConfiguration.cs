using System.Globalization;
using Microsoft.Extensions.Configuration;

namespace AugmentedOS.Engine.Hosting;

/// <summary>Reads what configuration says of TLS, access and audit.</summary>
internal static class SecurityConfiguration
{
    private delegate void Setting(WorkflowEngineOptions options, IConfigurationSection value);

    private static readonly Dictionary<string, Setting> Tls = new(StringComparer.OrdinalIgnoreCase)
    {
        [nameof(EngineTlsOptions.CertificateFile)] = static (options, value) => options.Tls.CertificateFile = value.Value,
        [nameof(EngineTlsOptions.KeyFile)] = static (options, value) => options.Tls.KeyFile = value.Value,
        [nameof(EngineTlsOptions.ClientCaFile)] = static (options, value) => options.Tls.ClientCaFile = value.Value,
        [nameof(EngineTlsOptions.RequireClientCertificate)] = static (options, value) =>
            options.Tls.RequireClientCertificate = IsOn(options, value),
        [nameof(EngineTlsOptions.ReloadInterval)] = static (options, value) =>
            options.Tls.ReloadInterval = Time(options, value) ?? options.Tls.ReloadInterval,
    };

    private static readonly Dictionary<string, Setting> Access = new(StringComparer.OrdinalIgnoreCase)
    {
        [nameof(EngineAccessOptions.TokenKeys)] = static (options, value) => AddAll(options.Access.TokenKeys, value),
        [nameof(EngineAccessOptions.TokenKeysRefresh)] = static (options, value) =>
            options.Access.TokenKeysRefresh = Time(options, value) ?? options.Access.TokenKeysRefresh,
        [nameof(EngineAccessOptions.TokenAudience)] = static (options, value) => options.Access.TokenAudience = value.Value,
        [nameof(EngineAccessOptions.TokenIssuer)] = static (options, value) => options.Access.TokenIssuer = value.Value,
        [nameof(EngineAccessOptions.PermissionsClaim)] = static (options, value) =>
            options.Access.PermissionsClaim = value.Value ?? "",
        [nameof(EngineAccessOptions.PermissionPattern)] = static (options, value) =>
            options.Access.PermissionPattern = value.Value,
        [nameof(EngineAccessOptions.ApiKeys)] = static (options, value) => SetAll(options.Access.ApiKeys, value),
        [nameof(EngineAccessOptions.Certificates)] = static (options, value) => SetAll(options.Access.Certificates, value),
        [nameof(EngineAccessOptions.AllowUnauthenticated)] = static (options, value) =>
            options.Access.AllowUnauthenticated = IsOn(options, value),
    };

    private static readonly Dictionary<string, Setting> Audit = new(StringComparer.OrdinalIgnoreCase)
    {
        [nameof(EngineAuditOptions.File)] = static (options, value) => options.Audit.File = value.Value,
        [nameof(EngineAuditOptions.FileSize)] = static (options, value) =>
            options.Audit.FileSize = Number(options, value) ?? options.Audit.FileSize,
        [nameof(EngineAuditOptions.FilesKept)] = static (options, value) =>
            options.Audit.FilesKept = (int?)Number(options, value) ?? options.Audit.FilesKept,
        [nameof(EngineAuditOptions.ToLog)] = static (options, value) => options.Audit.ToLog = IsOn(options, value),
    };

    public static void ReadTls(WorkflowEngineOptions options, IConfigurationSection section) => Read(Tls, options, section);

    public static void ReadAccess(WorkflowEngineOptions options, IConfigurationSection section) =>
        Read(Access, options, section);

    public static void ReadAudit(WorkflowEngineOptions options, IConfigurationSection section) =>
        Read(Audit, options, section);

    private static void Read(
        Dictionary<string, Setting> settings, WorkflowEngineOptions options, IConfigurationSection section)
    {
        foreach (var value in section.GetChildren())
        {
            if (settings.TryGetValue(value.Key, out var apply))
            {
                apply(options, value);
            }
            else
            {
                options.Mistakes.Add($"{value.Path} is not an option. Options are: {string.Join(", ", settings.Keys)}.");
            }
        }
    }

    private static void AddAll(IList<string> list, IConfigurationSection section)
    {
        var values = section.Value is { } text
            ? text.Split(',', StringSplitOptions.TrimEntries)
            : section.GetChildren().Select(child => child.Value ?? "");
        foreach (var value in values)
        {
            list.Add(value);
        }
    }

    private static void SetAll(IDictionary<string, string> map, IConfigurationSection section)
    {
        foreach (var child in section.GetChildren())
        {
            map[child.Key] = child.Value ?? "";
        }
    }

    private static bool IsOn(WorkflowEngineOptions options, IConfigurationSection value)
    {
        if (bool.TryParse(value.Value, out var isOn))
        {
            return isOn;
        }

        options.Mistakes.Add($"{value.Path} is '{value.Value}': give true or false.");
        return false;
    }

    private static long? Number(WorkflowEngineOptions options, IConfigurationSection value)
    {
        if (long.TryParse(value.Value, CultureInfo.InvariantCulture, out var number) && number is >= 0 and <= int.MaxValue)
        {
            return number;
        }

        options.Mistakes.Add($"{value.Path} is '{value.Value}': give a number.");
        return null;
    }

    private static TimeSpan? Time(WorkflowEngineOptions options, IConfigurationSection value)
    {
        if (TimeSpan.TryParse(value.Value, CultureInfo.InvariantCulture, out var time))
        {
            return time;
        }

        options.Mistakes.Add($"{value.Path} is '{value.Value}': give a time as days.hours:minutes:seconds.");
        return null;
    }
}
