using System.Diagnostics;
using AugmentedOS.Engine.Executions.Inputs;
using AugmentedOS.Engine.TaskQueues;
using Grpc.Core;

namespace AugmentedOS.Engine.Runtime.Instruments;

/// <summary>A call's way through the engine, as OpenTelemetry spans: the RPC, the decision, the commit, and the task that
/// a waiting poller got with it.</summary>
/// <remarks>Nobody listens by default, and then this costs one read of a field for each call. The trace that a caller is
/// in comes with the call's metadata (W3C trace context).</remarks>
internal static class EngineTrace
{
    /// <summary>What a host adds to its tracing to get the spans.</summary>
    public const string SourceName = "AugmentedOS.Engine";

    private static readonly ActivitySource Source = new(SourceName);

    public static bool IsOn => Source.HasListeners();

    /// <summary>The span that this thread is in; default when it is in none.</summary>
    public static ActivityContext Here => IsOn && Activity.Current is { } current ? current.Context : default;

    public static Activity? Call(string operation, string ns, Metadata headers)
    {
        var span = Source.StartActivity(operation, ActivityKind.Server, CallerOf(headers));
        return span?.SetTag("rpc.system", "grpc").SetTag("rpc.method", operation).SetTag("temporalNamespace", ns);
    }

    /// <summary>Says how a call ended that was refused.</summary>
    public static void Refused(Activity? span, RpcException refused) => span?
        .SetTag("rpc.grpc.status_code", (int)refused.StatusCode)
        .SetStatus(ActivityStatusCode.Error, refused.Status.Detail);

    /// <param name="caller">The span that the input came from; there is none without.</param>
    public static Activity? Decide(Input input, ActivityContext caller) => caller == default
        ? null
        : Source.StartActivity($"decide {input.GetType().Name}", ActivityKind.Internal, caller)?
            .SetTag("temporalWorkflowID", input.Workflow.WorkflowId)
            .SetTag("temporalRunID", input.Run?.ToString());

    /// <summary>A transition became durable, and pollers got tasks with it.</summary>
    /// <param name="decided">The span of its decision.</param>
    /// <param name="began">When it was handed to the writer.</param>
    public static void Committed(ActivityContext decided, DateTimeOffset began, IEnumerable<Poller> pollers)
    {
        using var commit = Source.StartActivity(
            "commit", ActivityKind.Internal, decided, tags: null, links: null, startTime: began);
        foreach (var poller in pollers)
        {
            Source.StartActivity($"dispatch {poller.Queue.Type}Task", ActivityKind.Producer, commit?.Context ?? decided)?
                .SetTag("temporalTaskQueue", poller.Queue.Name)
                .SetTag("temporalWorkerIdentity", poller.Identity)
                .Dispose();
        }
    }

    private static ActivityContext CallerOf(Metadata headers)
    {
        if (Activity.Current is { } host)
        {
            return host.Context;   // the web server has read the metadata already
        }

        return ActivityContext.TryParse(
            headers.GetValue("traceparent"), headers.GetValue("tracestate"), isRemote: true, out var caller)
            ? caller
            : default;
    }
}
