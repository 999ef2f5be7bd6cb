using System.Diagnostics;
using AugmentedOS.Testing.Engines;

namespace AugmentedOS.EndToEnd.Processes;

/// <summary>The built <c>aos</c> as a process of its own, as a user starts it. Disposing kills it.</summary>
internal sealed class EngineProcess : IAsyncDisposable
{
    private const string GrpcAnnouncement = "Engine listens on ";
    private const string MetricsAnnouncement = "Temporal Metrics:     http://";
    private const string HttpAnnouncement = "HTTP API, health and metrics on http://";

    private readonly AnnouncingProcess _process;

    private EngineProcess(ProcessStartInfo start) =>
        _process = AnnouncingProcess.Start(start, GrpcAnnouncement, MetricsAnnouncement, HttpAnnouncement);

    public int Id => _process.Id;

    public string Output => _process.Output;

    /// <summary>Starts <c>aos engine start</c>; does not wait until it is up.</summary>
    public static EngineProcess Start(params string[] arguments) => Start(null, arguments);

    /// <param name="wrapper">A shell command that ends by executing <c>"$@"</c>, to start it under a limit.</param>
    public static EngineProcess Start(string? wrapper, string[] arguments) =>
        StartCommand(wrapper, ["engine", "start", .. arguments]);

    /// <summary>Starts <c>aos</c> with any arguments.</summary>
    public static EngineProcess StartCommand(params string[] command) => StartCommand(null, command);

    private static EngineProcess StartCommand(string? wrapper, string[] command)
    {
        string[] wrapped = wrapper is null ? [] : ["-c", wrapper, "sh", OurExecutable.Path];
        return new(new ProcessStartInfo(wrapper is null ? OurExecutable.Path : "/bin/sh", [.. wrapped, .. command])
        {
            WorkingDirectory = AppContext.BaseDirectory,
        });
    }

    /// <summary>Starts it on free ports and waits until it serves.</summary>
    public static async Task<EngineProcess> StartReadyAsync(params string[] arguments)
    {
        var engine = Start([.. arguments, "--port", "0", "--http-port", "0"]);
        await engine.HttpAddressAsync();
        return engine;
    }

    /// <summary>Where clients connect; fails with its output when it ends before.</summary>
    public Task<string> AddressAsync() => _process.AnnouncedAsync(GrpcAnnouncement);

    /// <summary>Where health and metrics are.</summary>
    public Task<string> HttpAddressAsync() => _process.AnnouncedAsync(HttpAnnouncement);

    /// <summary>Where a development server has its metrics.</summary>
    public async Task<string> MetricsAddressAsync() => (await _process.AnnouncedAsync(MetricsAnnouncement)).Split('/')[0];

    /// <summary>SIGKILL: no handler, no flush, no goodbye.</summary>
    public Task KillAsync() => _process.KillAsync();

    public async Task SendAsync(string signal)
    {
        using var kill = Process.Start("kill", ["-" + signal, $"{Id}"]);
        await kill.WaitForExitAsync();
    }

    /// <returns>Its exit code.</returns>
    public Task<int> EndAsync() => _process.EndAsync();

    public ValueTask DisposeAsync() => _process.DisposeAsync();
}
