using AugmentedOS.Testing.Workers;
using Temporalio.Testing;

namespace AugmentedOS.EndToEnd.Processes;

/// <summary>The built <c>aos</c> where the SDK would download Temporal's servers.</summary>
internal static class OurExecutable
{
    private const int Tries = 6;

    public static string Path { get; } = System.IO.Path.Combine(
        AppContext.BaseDirectory, OperatingSystem.IsWindows() ? "aos.exe" : "aos");

    public static Task<WorkflowEnvironment> StartLocalAsync(Action<WorkflowEnvironmentStartLocalOptions> configure)
    {
        var options = new WorkflowEnvironmentStartLocalOptions
        {
            DevServerOptions = new() { ExistingPath = Path },
            Runtime = QuietRuntime.Instance,
        };
        configure(options);
        return PatientlyAsync(() => WorkflowEnvironment.StartLocalAsync(options));
    }

    public static Task<WorkflowEnvironment> StartTimeSkippingAsync(params string[] arguments) =>
        PatientlyAsync(() => WorkflowEnvironment.StartTimeSkippingAsync(new()
        {
            TestServer = new() { ExistingPath = Path, ExtraArgs = arguments },
            Runtime = QuietRuntime.Instance,
        }));

    /// <summary>The SDK gives a server five seconds, which a machine that runs other tests at the same time may not have.
    /// </summary>
    private static async Task<WorkflowEnvironment> PatientlyAsync(Func<Task<WorkflowEnvironment>> start)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await start();
            }
            catch (InvalidOperationException late) when (
                attempt < Tries && late.Message.Contains("did not start within 5s", StringComparison.Ordinal))
            {
                // Once more: a server that cannot start at all fails every time.
            }
        }
    }
}
