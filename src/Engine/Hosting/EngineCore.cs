using AugmentedOS.Engine.Executions;
using AugmentedOS.Engine.Namespaces;
using Microsoft.Extensions.Logging;

namespace AugmentedOS.Engine.Hosting;

/// <summary>The engine's parts, put together: everything but the port.</summary>
internal sealed class EngineCore : IDisposable
{
    public EngineCore(WorkflowEngineOptions options, TimeProvider time, ILoggerFactory logs)
    {
        Options = options;
        Namespaces = new NamespaceDirectory(options.Namespaces.Append("default").Distinct().Select(name =>
            new NamespaceInfo
            {
                Id = new NamespaceId(Guid.Empty),
                Name = name,
                Retention = options.Retention,
                CreatedAt = Instant.From(time.GetUtcNow()),
            }));
        Api = new EngineApi(Namespaces, EngineLimits.Default, time, logs);
    }

    public WorkflowEngineOptions Options { get; }

    public NamespaceDirectory Namespaces { get; }

    public EngineApi Api { get; }

    public void Dispose()
    {
    }
}
