using System.CommandLine;

namespace AugmentedOS.Cli.Server;

/// <summary>The arguments of <c>server start-dev</c>, by their official names.</summary>
internal sealed class StartDevOptions
{
    public Option<string> DatabaseFile { get; } = new("--db-filename", "-f")
    {
        Description = "The file that keeps everything. By default all is lost when the server ends",
        HelpName = "FILE",
        DefaultValueFactory = _ => "",
    };

    public Option<string[]> Namespaces { get; } = new("--namespace", "-n")
    {
        Description = "A namespace to have, besides default; may be given again",
        HelpName = "NAME",
    };

    public Option<int> Port { get; } = new("--port", "-p")
    {
        Description = "The gRPC port",
        HelpName = "PORT",
        DefaultValueFactory = _ => 7233,
    };

    public Option<int> HttpPort { get; } = new("--http-port")
    {
        Description = "The port of the HTTP API; 0 takes a free one",
        HelpName = "PORT",
        DefaultValueFactory = _ => 0,
    };

    public Option<int> MetricsPort { get; } = new("--metrics-port")
    {
        Description = "The port of /metrics; 0 takes a free one",
        HelpName = "PORT",
        DefaultValueFactory = _ => 0,
    };

    public Option<int> UiPort { get; } = new("--ui-port")
    {
        Description = "The port of the web console, which this engine does not have yet: taken and not used",
        HelpName = "PORT",
    };

    public Option<bool> Headless { get; } = new("--headless") { Description = "Without the web console" };

    public Option<string> Ip { get; } = new("--ip")
    {
        Description = "The address to listen on",
        HelpName = "ADDRESS",
        DefaultValueFactory = _ => "localhost",
    };

    public Option<string[]> SqlitePragmas { get; } = new("--sqlite-pragma")
    {
        Description = "A pragma of SQLite for the file, such as synchronous=NORMAL; may be given again",
        HelpName = "PRAGMA=VALUE",
    };

    public Option<string[]> DynamicConfig { get; } = new("--dynamic-config-value")
    {
        Description = "A dynamic-config key and its value in JSON; may be given again",
        HelpName = "KEY=VALUE",
    };

    public Option<string[]> SearchAttributes { get; } = new("--search-attribute")
    {
        Description = "A search attribute to have in those namespaces; may be given again. Types: Text, Keyword, Int, "
            + "Double, Bool, Datetime, KeywordList",
        HelpName = "NAME=TYPE",
    };

    public Option<bool> LogConfig { get; } = new("--log-config")
    {
        Description = "Prints the server's configuration to standard error",
    };

    public Option<string?> LogLevel { get; } = new("--log-level")
    {
        Description = "debug, info, warn, error or never. Default: warn",
        HelpName = "LEVEL",
    };

    public Option<string?> LogFormat { get; } = new("--log-format")
    {
        Description = "text, json or pretty. Default: text",
        HelpName = "FORMAT",
    };

    public IEnumerable<Option> All =>
    [
        DatabaseFile, Namespaces, Port, HttpPort, MetricsPort, UiPort, Headless, Ip, SqlitePragmas, DynamicConfig,
        SearchAttributes, LogConfig, LogLevel, LogFormat, .. Ignored(),
    ];

    /// <summary>What the official command line takes here too, and what means nothing to a server without a console or to
    /// one that reads no client's configuration.</summary>
    private static IEnumerable<Option> Ignored()
    {
        string[] values =
        [
            "--ui-ip", "--ui-public-path", "--ui-asset-path", "--ui-codec-endpoint", "--env", "--env-file", "--config-file",
            "--profile", "--output", "--time-format", "--color", "--command-timeout", "--client-connect-timeout",
        ];
        string[] switches =
        [
            "--ui-disable-news-fetch", "--disable-config-file", "--disable-config-env", "--no-json-shorthand-payloads",
        ];
        return
        [
            .. values.Select(name => name == "--output"
                ? new Option<string?>(name, "-o") { Hidden = true }
                : new Option<string?>(name) { Hidden = true }),
            .. switches.Select(name => new Option<bool>(name) { Hidden = true }),
        ];
    }
}
