using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace AugmentedOS.Engine.Hosting;

/// <summary>The host's logs, without the web server's line for every call: those are for the metrics.</summary>
internal sealed class QuietLoggerFactory(ILoggerFactory host) : ILoggerFactory
{
    public ILogger CreateLogger(string categoryName) =>
        categoryName.StartsWith("Microsoft.", StringComparison.Ordinal)
        || categoryName.StartsWith("Grpc.", StringComparison.Ordinal)
            ? NullLogger.Instance
            : host.CreateLogger(categoryName);

    public void AddProvider(ILoggerProvider provider) => host.AddProvider(provider);

    public void Dispose()
    {
        // The host's factory is not ours to dispose.
    }
}
