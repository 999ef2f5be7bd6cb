using AugmentedOS.Engine.Api.Binding;
using AugmentedOS.Engine.Api.Cluster;
using AugmentedOS.Engine.Api.Namespaces;
using AugmentedOS.Engine.Executions;
using AugmentedOS.Engine.Namespaces;
using Microsoft.Extensions.Logging;

namespace AugmentedOS.Engine.Hosting;

/// <summary>Puts the RPCs together.</summary>
internal sealed class EngineApi
{
    public EngineApi(NamespaceDirectory namespaces, EngineLimits limits, TimeProvider time, ILoggerFactory logs)
    {
        var guard = new CallGuard(time, logs.CreateLogger<CallGuard>());
        var descriptions = new NamespaceDescriptions(limits);
        Workflows = new WorkflowRpcs(guard);
        Workflows
            .Add(new GetSystemInfo())
            .Add(new GetClusterInfo("", "sqlite"))
            .Add(new DescribeNamespace(namespaces, descriptions));
        Operators = new OperatorRpcs(guard);
    }

    public WorkflowRpcs Workflows { get; }

    public OperatorRpcs Operators { get; }
}
