using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using AugmentedOS.Engine.Hosting;
using Microsoft.Extensions.Logging;

namespace AugmentedOS.Cli.Engine;

/// <summary><c>aos engine start</c>: runs an engine in this process until it is told to stop.</summary>
internal sealed class EngineStartCommand
{
    private const int DefaultHttpPort = 8233;

    private readonly Option<string?> _database = new("--db")
    {
        Description = "The database file, created when missing; :memory: keeps nothing. Default: aos.db",
        HelpName = "FILE",
    };

    private readonly Option<int?> _port = new("--port", "-p")
    {
        CustomParser = ReadPort,
        Description = "The gRPC port; 0 takes a free one. Default: 7233",
        HelpName = "PORT",
    };

    private readonly Option<string?> _ip = new("--ip")
    {
        Description = "The address to listen on; 0.0.0.0 for all. Default: 127.0.0.1",
        HelpName = "ADDRESS",
    };

    private readonly Option<int?> _httpPort = new("--http-port")
    {
        CustomParser = ReadPort,
        Description = "The port of the HTTP API, /healthz, /readyz and /metrics; 0 takes a free one. Default: 8233",
        HelpName = "PORT",
    };

    private readonly Option<string[]> _namespaces = new("--namespace", "-n")
    {
        Description = "A namespace to have, besides default; may be given again",
        HelpName = "NAME",
    };

    private readonly Option<string[]> _searchAttributes = new("--search-attribute")
    {
        Description = "A search attribute to have in those namespaces; may be given again. Types: Text, Keyword, Int, "
            + "Double, Bool, Datetime, KeywordList",
        HelpName = "NAME=TYPE",
    };

    private readonly Option<string[]> _dynamicConfig = new("--dynamic-config-value")
    {
        Description = "A setting of a Temporal server by its dynamic-config key, such as limit.blobSize.error=1048576; "
            + "the value is JSON; may be given again",
        HelpName = "KEY=VALUE",
    };

    private readonly SecurityOptions _security = new();

    private readonly Option<LogLevel?> _logLevel = new("--log-level")
    {
        Description = "The least important messages to log: trace, debug, information, warning, error, critical, none. "
            + "Default: information",
        HelpName = "LEVEL",
    };

    private readonly Option<LogFormat?> _logFormat = new("--log-format")
    {
        Description = "pretty: lines for people, on standard error; json: one object a line, on standard output. "
            + "Default: pretty",
        HelpName = "FORMAT",
    };

    private EngineStartCommand()
    {
    }

    public static Command Create(TextWriter output, TextWriter error)
    {
        var start = new EngineStartCommand();
        var command = new Command(
            "start",
            "Runs the engine until Ctrl-C. Options may also come from the environment (AOS_ENGINE__PORT=7234).")
        {
            start._database,
            start._port,
            start._ip,
            start._httpPort,
            start._namespaces,
            start._searchAttributes,
            start._dynamicConfig,
            start._logLevel,
            start._logFormat,
        };
        start._security.AddTo(command);
        command.SetAction((parsed, cancelled) => start.RunAsync(parsed, output, error, cancelled));
        return command;
    }

    private Task<int> RunAsync(ParseResult parsed, TextWriter output, TextWriter error, CancellationToken cancelled)
    {
        var isJson = parsed.GetValue(_logFormat) == LogFormat.Json;
        var process = new EngineProcess(
            options => Apply(parsed, options),
            logging => (isJson ? logging.AddJson() : logging.AddPretty())
                .SetMinimumLevel(parsed.GetValue(_logLevel) ?? LogLevel.Information),
            // With JSON the log has it, and standard output is for machines.
            engine => isJson ? Task.CompletedTask : AnnounceAsync(engine, output),
            error);
        return process.RunAsync(cancelled);
    }

    private static async Task AnnounceAsync(IWorkflowEngine engine, TextWriter output)
    {
        await output.WriteLineAsync($"Engine listens on {engine.Address}").ConfigureAwait(false);
        if (engine.HttpAddress is { } http)
        {
            await output.WriteLineAsync($"HTTP API, health and metrics on http://{http}").ConfigureAwait(false);
        }

        await output.FlushAsync().ConfigureAwait(false);
    }

    private void Apply(ParseResult parsed, WorkflowEngineOptions options)
    {
        options.DatabasePath = parsed.GetValue(_database) ?? options.DatabasePath;
        options.Port = parsed.GetValue(_port) ?? options.Port;
        options.Ip = parsed.GetValue(_ip) ?? options.Ip;
        options.HttpPort = parsed.GetValue(_httpPort) ?? options.HttpPort ?? DefaultHttpPort;
        foreach (var name in parsed.GetValue(_namespaces) ?? [])
        {
            options.Namespaces.Add(name);
        }

        foreach (var attribute in parsed.GetValue(_searchAttributes) ?? [])
        {
            var (name, type) = Pair(attribute);
            options.SearchAttributes[name] = type;
        }

        foreach (var setting in parsed.GetValue(_dynamicConfig) ?? [])
        {
            var (key, value) = Pair(setting);
            options.DynamicConfig[key] = value;
        }

        _security.Apply(parsed, options);
    }

    private static (string Name, string Value) Pair(string text)
    {
        var at = text.IndexOf('=', StringComparison.Ordinal);
        return at < 0 ? (text, "") : (text[..at], text[(at + 1)..]);
    }

    private static int? ReadPort(ArgumentResult argument)
    {
        var text = argument.Tokens[0].Value;
        if (int.TryParse(text, CultureInfo.InvariantCulture, out var port))
        {
            return port;
        }

        argument.AddError($"'{text}' is not a port: give a number, or 0 for a free port.");
        return null;
    }
}
