using System.CommandLine;
using System.Globalization;
using System.Text;
using System.Text.Json;
using AugmentedOS.Engine.Hosting;
using Microsoft.Extensions.Logging;

namespace AugmentedOS.Cli.Server;

/// <summary>A development server as its arguments ask for it.</summary>
internal sealed record DevServer
{
    public required string Ip { get; init; }

    public required int Port { get; init; }

    public required int HttpPort { get; init; }

    public required int MetricsPort { get; init; }

    public required bool HasConsole { get; init; }

    public required string DatabaseFile { get; init; }

    public required IReadOnlyList<string> Namespaces { get; init; }

    public required LogLevel LogLevel { get; init; }

    public required bool LogsJson { get; init; }

    public required bool LogsConfig { get; init; }

    public required Pairs SearchAttributes { get; init; }

    public required Pairs DynamicConfig { get; init; }

    public required Pairs Pragmas { get; init; }

    /// <summary>Why it cannot start, in the official command line's words; null when it can.</summary>
    public string? Problem { get; init; }

    public static DevServer Read(ParseResult parsed, StartDevOptions options)
    {
        var level = parsed.GetValue(options.LogLevel) ?? "warn";
        var format = parsed.GetValue(options.LogFormat) ?? "text";
        var server = new DevServer
        {
            Ip = parsed.GetValue(options.Ip) is "localhost" or null ? "127.0.0.1" : parsed.GetValue(options.Ip)!,
            Port = parsed.GetValue(options.Port),
            HttpPort = parsed.GetValue(options.HttpPort),
            MetricsPort = parsed.GetValue(options.MetricsPort),
            HasConsole = !parsed.GetValue(options.Headless),
            DatabaseFile = parsed.GetValue(options.DatabaseFile) ?? "",
            Namespaces = parsed.GetValue(options.Namespaces) ?? [],
            LogLevel = LevelOf(level) ?? LogLevel.None,
            LogsJson = format == "json",
            LogsConfig = parsed.GetValue(options.LogConfig),
            SearchAttributes = Pairs.Of(parsed.GetValue(options.SearchAttributes)),
            DynamicConfig = Pairs.Of(parsed.GetValue(options.DynamicConfig)),
            Pragmas = Pairs.Of(parsed.GetValue(options.SqlitePragmas)),
        };
        return server with { Problem = server.FindProblem(level, format) };
    }

    public void Configure(WorkflowEngineOptions options)
    {
        options.Ip = Ip;
        options.Access.AllowUnauthenticated = true;   // whoever asks for an address means it, as on Temporal's own
        options.Port = Port;
        options.HttpPort = HttpPort;
        options.MetricsPort = MetricsPort;
        options.DatabasePath = DatabaseFile.Length == 0 ? WorkflowEngineOptions.InMemory : DatabaseFile;
        options.Retention = TimeSpan.FromDays(1);
        foreach (var name in Namespaces)
        {
            options.Namespaces.Add(name);
        }

        SearchAttributes.CopyTo(options.SearchAttributes);
        Pragmas.CopyTo(options.SqlitePragmas);
        if (Environment.GetEnvironmentVariable("TEMPORAL_VERSION_CHECK_DISABLED") is { Length: > 0 })
        {
            options.DynamicConfig["frontend.enableServerVersionCheck"] = "false";
        }

        DynamicConfig.CopyTo(options.DynamicConfig);
    }

    /// <summary>The configuration, for <c>--log-config</c>.</summary>
    public string Describe()
    {
        var text = new StringBuilder();
        void Line(string name, object value) => text.AppendLine(CultureInfo.InvariantCulture, $"{name}: {value}");
        Line("ip", Ip);
        Line("port", Port);
        Line("httpPort", HttpPort);
        Line("metricsPort", MetricsPort);
        Line("database", DatabaseFile.Length == 0 ? "in-memory" : DatabaseFile);
        Line("namespaces", string.Join(", ", Namespaces.Prepend("default").Distinct(StringComparer.Ordinal)));
        foreach (var (title, pairs) in (ReadOnlySpan<(string, Pairs)>)
            [("searchAttributes", SearchAttributes), ("sqlitePragmas", Pragmas), ("dynamicConfig", DynamicConfig)])
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"{title}:");
            foreach (var (key, value) in pairs.Values)
            {
                Line($"  {key}", value);
            }
        }

        return text.ToString();
    }

    private static LogLevel? LevelOf(string level) => level switch
    {
        "debug" => LogLevel.Debug,
        "info" => LogLevel.Information,
        "warn" => LogLevel.Warning,
        "error" => LogLevel.Error,
        "never" => LogLevel.None,
        _ => null,
    };

    private string? FindProblem(string level, string format)
    {
        if (LevelOf(level) is null)
        {
            return $"invalid log level \"{level}\"";
        }

        if (format is not ("text" or "json" or "pretty"))
        {
            return $"invalid log format \"{format}\"";
        }

        if (Pragmas.Problem is { } pragma)
        {
            return $"invalid pragma: {pragma}";
        }

        if ((DynamicConfig.Problem ?? NoJson()) is { } config)
        {
            return $"invalid dynamic config values: {config}";
        }

        return SearchAttributes.Problem is { } attribute ? $"invalid search attributes: {attribute}" : WrongType();
    }

    private string? NoJson()
    {
        foreach (var (key, value) in DynamicConfig.Values)
        {
            try
            {
                JsonDocument.Parse(value).Dispose();
            }
            catch (JsonException mistake)
            {
                return $"invalid JSON value for key \"{key}\": {mistake.Message}";
            }
        }

        return null;
    }

    private string? WrongType()
    {
        string[] types = ["Text", "Keyword", "Int", "Double", "Bool", "Datetime", "KeywordList"];
        return SearchAttributes.Values
            .Where(pair => !types.Contains(pair.Value, StringComparer.OrdinalIgnoreCase))
            .Select(pair => $"invalid search attribute value type \"{pair.Value}\"")
            .FirstOrDefault();
    }
}
