using System.Net;
using System.Net.Sockets;
using AugmentedOS.EndToEnd.Processes;
using AugmentedOS.Testing.Engines;

namespace AugmentedOS.EndToEnd.DevServer;

/// <summary><c>aos server start-dev</c> as people and scripts start it.</summary>
public sealed class DevServerCommandTests
{
    private const int Failed = 1;

    [Fact]
    public async Task Start_WhenItServes_PrintsWhatTheOfficialOneDoes()
    {
        using var folder = new TemporaryFolder();
        var (port, http) = (LowPort.Find(), LowPort.Find());
        await using var server = EngineProcess.StartCommand(
            "server", "start-dev", "--port", $"{port}", "--http-port", $"{http}", "--db-filename", folder.Database);

        var metrics = await server.MetricsAddressAsync();

        Assert.Equal(
            $"""
            Temporal CLI 0.1.0 (Server 1.32.0, UI none)

            Temporal Server:      localhost:{port}
            Temporal Persistence: {folder.Database}
            Temporal HTTP:        localhost:{http}
            Temporal UI:          none: this engine has no web console yet (--headless hides this line)
            Temporal Metrics:     http://{metrics}/metrics

            """,
            server.Output.ReplaceLineEndings());
        using var client = new HttpClient();
        Assert.Contains("approximate_backlog_count", await client.GetStringAsync($"http://{metrics}/metrics"));
    }

    [Fact]
    public async Task Start_WhenItListensToEveryAddress_AsksNobodyWhoTheyAre()
    {
        await using var server = EngineProcess.StartCommand(
            "server", "start-dev", "--headless", "--ip", "0.0.0.0", "--port", $"{LowPort.Find()}");

        var metrics = await server.MetricsAddressAsync();

        using var client = new HttpClient();
        Assert.NotEmpty(await client.GetStringAsync($"http://127.0.0.1:{metrics.Split(':')[^1]}/metrics"));
    }

    [Theory]
    [InlineData("INT")]
    [InlineData("TERM")]
    public async Task Stop_WhenItIsSignalled_EndsInGoodOrder(string signal)
    {
        await using var server = EngineProcess.StartCommand(
            "server", "start-dev", "--headless", "--port", $"{LowPort.Find()}");
        await server.MetricsAddressAsync();

        await server.SendAsync(signal);

        Assert.Equal(0, await server.EndAsync());
    }

    [Theory]
    [InlineData("--port", "frontend port")]
    [InlineData("--http-port", "frontend HTTP port")]
    [InlineData("--metrics-port", "metrics port")]
    public async Task Start_WhenAPortIsTaken_SaysWhich(string option, string name)
    {
        using var taken = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        taken.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        taken.Listen();
        var port = ((IPEndPoint)taken.LocalEndPoint!).Port;
        string[] others = option == "--port" ? [] : ["--port", $"{LowPort.Find()}"];
        await using var server = EngineProcess.StartCommand(["server", "start-dev", option, $"{port}", .. others]);

        Assert.Equal(Failed, await server.EndAsync());

        Assert.Contains(
            $"Error: can't set {name} {port}: listen tcp 127.0.0.1:{port}: bind: address already in use", server.Output);
    }

    [Theory]
    [InlineData("--search-attribute", "Color=Colour", "invalid search attribute value type \"Colour\"")]
    [InlineData("--search-attribute", "Color", "invalid search attributes: missing expected '=' in \"Color\"")]
    [InlineData("--sqlite-pragma", "synchronous", "invalid pragma: missing expected '=' in \"synchronous\"")]
    [InlineData("--dynamic-config-value", "a.b=c", "invalid dynamic config values: invalid JSON value for key \"a.b\"")]
    [InlineData("--log-level", "loud", "invalid log level \"loud\"")]
    [InlineData("--log-format", "xml", "invalid log format \"xml\"")]
    [InlineData("--sqlite-pragma", "journal_mode=DELETE", "SqlitePragmas has journal_mode: the engine takes journal_mode=WAL")]
    [InlineData("--dynamic-config-value", "limit.blobSize.error=\"x\"", "DynamicConfig gives limit.blobSize.error the value")]
    public async Task Start_WhenAnArgumentIsWrong_SaysSo(string option, string value, string expected)
    {
        await using var server = EngineProcess.StartCommand(
            "server", "start-dev", "--port", $"{LowPort.Find()}", option, value);

        Assert.Equal(Failed, await server.EndAsync());

        Assert.Contains(expected, server.Output);
    }

    [Fact]
    public async Task Start_WithEveryArgumentThatTheOfficialOneTakes_Serves()
    {
        using var folder = new TemporaryFolder();
        await using var server = EngineProcess.StartCommand(
            "server", "start-dev", "-p", $"{LowPort.Find()}", "-f", folder.Database, "-n", "one", "--namespace", "two",
            "--metrics-port", $"{LowPort.Find()}", "--http-port", "0", "--ui-port", $"{LowPort.Find()}", "--headless",
            "--ip", "127.0.0.1", "--ui-ip", "127.0.0.1", "--ui-public-path", "/ui", "--ui-asset-path", "assets",
            "--ui-codec-endpoint", "http://localhost:1", "--ui-disable-news-fetch", "--sqlite-pragma", "journal_mode=WAL",
            "--sqlite-pragma", "synchronous=NORMAL", "--dynamic-config-value", "no.such.key=[1]", "--log-config",
            "--search-attribute", "Color=KEYWORD", "--log-level", "error", "--log-format", "json", "--color", "never",
            "--env", "dev", "-o", "json", "--time-format", "iso", "--command-timeout", "5s", "--disable-config-file");

        await server.MetricsAddressAsync();

        Assert.Contains("namespaces: default, one, two", server.Output);
    }

    [Theory]
    [InlineData("1", "--enable-time")]
    public async Task TestServer_WhenAnArgumentIsUnknown_SaysWhatItTakes(params string[] arguments)
    {
        await using var server = EngineProcess.StartCommand(arguments);

        Assert.Equal(2, await server.EndAsync());

        Assert.Contains("'--enable-time' is not known here: give PORT [--enable-time-skipping].", server.Output);
    }
}
