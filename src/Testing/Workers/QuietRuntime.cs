using Temporalio.Runtime;

namespace AugmentedOS.Testing.Workers;

/// <summary>The SDK's core, of this process, without its warnings: in tests an engine that is gone was taken away on
/// purpose.</summary>
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
