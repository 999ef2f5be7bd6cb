using System.Diagnostics;
using Temporalio.Client.Interceptors;
using Temporalio.Worker.Interceptors;

namespace AugmentedOS.Workflows.Telemetry;

/// <summary>Traces calls of clients, runs of workflows, activities and Nexus operations, as the OpenTelemetry
/// interceptors of Temporal's SDKs do: the same sources, names of spans, tags and header, so that one trace goes
/// through all of them.</summary>
/// <remarks>
/// <para>An interceptor of the client covers its workers as well. Nothing is made while nobody listens to a source; a
/// trace that the caller is in is passed on all the same.</para>
/// <para>A span in a workflow has no duration: a workflow outlives processes, a span cannot. None is made during
/// replay; what comes after a replay hangs on the span that started the workflow instead of the one in the process that
/// is gone.</para>
/// <para>Names and meaning:
/// <see href="https://github.com/temporalio/sdk-dotnet/tree/main/src/Temporalio.Extensions.OpenTelemetry"/>.
/// </para>
/// </remarks>
public sealed class WorkflowTracing : IClientInterceptor, IWorkerInterceptor
{
    /// <summary>The source of what clients call.</summary>
    public const string ClientSourceName = "Temporalio.Extensions.OpenTelemetry.Client";

    /// <summary>The source of what workflows handle and order.</summary>
    public const string WorkflowSourceName = "Temporalio.Extensions.OpenTelemetry.Workflow";

    /// <summary>The source of activities that run.</summary>
    public const string ActivitySourceName = "Temporalio.Extensions.OpenTelemetry.Activity";

    /// <summary>The source of Nexus operations that are handled.</summary>
    public const string NexusSourceName = "Temporalio.Extensions.OpenTelemetry.Nexus";

    private readonly TraceHeaders _headers;

    /// <summary>Makes an interceptor.</summary>
    public WorkflowTracing(WorkflowTracingOptions? options = null) =>
        _headers = new TraceHeaders(options ?? new WorkflowTracingOptions());

    /// <summary>All sources, for <c>AddSource</c> of a tracer provider.</summary>
    public static IReadOnlyList<string> SourceNames { get; } =
        [ClientSourceName, WorkflowSourceName, ActivitySourceName, NexusSourceName];

    /// <summary>Makes a span of one's own in a workflow, which is the parent of what the workflow does until it is
    /// disposed. The only way to make one there: .NET's own activities know nothing of replay.</summary>
    /// <param name="name">The span's name.</param>
    /// <param name="source">The source to make it on; null: <see cref="WorkflowSourceName"/>.</param>
    /// <exception cref="InvalidOperationException">Not in a workflow.</exception>
    public static IDisposable StartSpan(string name, ActivitySource? source = null) =>
        WorkflowSpan.Start(source ?? TraceSources.Workflow, name, ActivityKind.Internal);

    /// <inheritdoc/>
    public ClientOutboundInterceptor InterceptClient(ClientOutboundInterceptor nextInterceptor) =>
        new ClientTracing(_headers, nextInterceptor);

    /// <inheritdoc/>
    public WorkflowInboundInterceptor InterceptWorkflow(WorkflowInboundInterceptor nextInterceptor) =>
        new WorkflowRunTracing(_headers, nextInterceptor);

    /// <inheritdoc/>
    public ActivityInboundInterceptor InterceptActivity(ActivityInboundInterceptor nextInterceptor) =>
        new ActivityTracing(_headers, nextInterceptor);

    /// <inheritdoc/>
    public NexusOperationInboundInterceptor InterceptNexusOperation(NexusOperationInboundInterceptor nextInterceptor) =>
        new NexusTracing(_headers, nextInterceptor);
}
