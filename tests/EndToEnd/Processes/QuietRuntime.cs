using Temporalio.Runtime;

namespace AugmentedOS.EndToEnd.Processes;

/// <summary>The SDK's core without its warnings about an engine that is gone, where the test took it away.</summary>
internal static class QuietRuntime
{
    public static TemporalRuntime Instance { get; } = new(new TemporalRuntimeOptions
    {
        Telemetry = new TelemetryOptions
        {
            Logging = new LoggingOptions(new TelemetryFilterOptions(
                TelemetryFilterOptions.Level.Error, TelemetryFilterOptions.Level.Error)),
        },
    });
}
