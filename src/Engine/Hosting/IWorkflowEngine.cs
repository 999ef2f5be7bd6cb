namespace AugmentedOS.Engine.Hosting;

/// <summary>The engine in this process.</summary>
public interface IWorkflowEngine
{
    /// <summary>Where clients connect, as <c>host:port</c>; null before the engine listens, and when it opens no port
    /// of its own.</summary>
    string? Address { get; }

    /// <summary>Where the HTTP API is, and <c>/healthz</c>, <c>/readyz</c> and <c>/metrics</c> unless they have a port of
    /// their own, as <c>host:port</c>; null when not served.</summary>
    string? HttpAddress { get; }

    /// <summary>Where <c>/healthz</c>, <c>/readyz</c> and <c>/metrics</c> are, as <c>host:port</c>; null when not served.
    /// </summary>
    string? MetricsAddress { get; }

    /// <summary>The version of the Temporal server whose behaviour the engine speaks.</summary>
    string ServerVersion { get; }

    /// <summary>Completes when the engine serves calls; fails with an <see cref="EngineStartException"/> when it cannot.
    /// </summary>
    Task Ready { get; }
}
