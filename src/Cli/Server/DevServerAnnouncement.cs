using System.Globalization;
using System.Reflection;
using AugmentedOS.Engine.Hosting;

namespace AugmentedOS.Cli.Server;

/// <summary>What the development server prints once it serves calls, line for line as the official one.</summary>
internal static class DevServerAnnouncement
{
    private const int LabelWidth = 21;

    public static async Task PrintAsync(DevServer server, IWorkflowEngine engine, TextWriter output)
    {
        async Task Line(string label, string value) =>
            await output.WriteLineAsync($"{label.PadRight(LabelWidth)} {value}").ConfigureAwait(false);

        await output.WriteLineAsync($"Temporal CLI {Version} (Server {engine.ServerVersion}, UI none)").ConfigureAwait(false);
        await output.WriteLineAsync().ConfigureAwait(false);
        await Line("Temporal Server:", Friendly(engine.Address!)).ConfigureAwait(false);
        await Line("Temporal Persistence:", server.DatabaseFile.Length == 0 ? "in-memory" : server.DatabaseFile)
            .ConfigureAwait(false);
        if (server.HttpPort > 0)
        {
            await Line("Temporal HTTP:", Friendly(engine.HttpAddress!)).ConfigureAwait(false);
        }

        if (server.HasConsole)
        {
            await Line("Temporal UI:", "none: this engine has no web console yet (--headless hides this line)")
                .ConfigureAwait(false);
        }

        await Line("Temporal Metrics:", $"http://{Friendly(engine.MetricsAddress!)}/metrics").ConfigureAwait(false);
        await output.FlushAsync().ConfigureAwait(false);
    }

    private static string Version =>
        Assembly.GetExecutingAssembly().GetName().Version?.ToString(3) ?? 0.ToString(CultureInfo.InvariantCulture);

    private static string Friendly(string address)
    {
        var port = address[(address.LastIndexOf(':') + 1)..];
        return address[..^(port.Length + 1)] is "127.0.0.1" or "[::1]" ? $"localhost:{port}" : address;
    }
}
