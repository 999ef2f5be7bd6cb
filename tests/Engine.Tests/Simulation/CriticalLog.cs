using Microsoft.Extensions.Logging;

namespace AugmentedOS.Engine.Tests.Simulation;

/// <summary>Keeps the first defect that the engine reports of itself.</summary>
internal sealed class CriticalLog : ILoggerFactory, ILogger
{
    public Exception? Defect { get; private set; }

    public ILogger CreateLogger(string categoryName) => this;

    public void AddProvider(ILoggerProvider provider)
    {
        // Nothing else listens.
    }

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Critical;

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (logLevel >= LogLevel.Critical && exception is not SimulatedCrash)
        {
            Defect ??= exception;
        }
    }

    public void Dispose()
    {
        // Holds nothing.
    }
}
