using System.Diagnostics;
using OpenTelemetry;
using OpenTelemetry.Context.Propagation;
using Temporalio.Workflows;

namespace AugmentedOS.Workflows.Telemetry;

/// <summary>Where a workflow is in its trace. It replaces <see cref="Activity.Current"/>, which cannot be what it
/// should be there: a span of another process, or of a time before a replay.</summary>
internal sealed class WorkflowSpan : IDisposable
{
    private static readonly AsyncLocal<WorkflowSpan?> Ambient = new();

    private readonly WorkflowSpan? _outer = Ambient.Value;
    private readonly KeyValuePair<string, object?>[] _tags;
    private readonly Baggage? _outerBaggage;

    private WorkflowSpan(ActivityContext context, KeyValuePair<string, object?>[] tags, Baggage? outerBaggage)
    {
        Context = context;
        _tags = tags;
        _outerBaggage = outerBaggage;
        Ambient.Value = this;
    }

    /// <summary>The span's own, or that of the last one before it that was made.</summary>
    public ActivityContext Context { get; }

    /// <summary>What is sent along with what the workflow orders now.</summary>
    public static PropagationContext Current => new(Ambient.Value?.Context ?? default, Baggage.Current);

    /// <summary>Makes the span of what comes from outside, with tags that all spans below it have.</summary>
    /// <param name="origin">What the header says.</param>
    /// <param name="evenInReplay">For queries, which are asked whenever, also of a workflow that is replayed for
    /// it.</param>
    public static WorkflowSpan Enter(
        string name, PropagationContext origin, ActivityLink[] links, bool evenInReplay = false,
        Exception? failure = null)
    {
        var parent = origin.ActivityContext;
        var outerBaggage = Baggage.Current;
        Baggage.Current = origin.Baggage;
        var info = Workflow.Info;
        var tags = TraceTags.Of(TraceTags.WorkflowId, info.WorkflowId, TraceTags.RunId, info.RunId);
        var made = Make(
            TraceSources.Workflow, name, ActivityKind.Server, parent, tags, links, evenInReplay, failure);
        return new WorkflowSpan(made ?? parent, tags, outerBaggage);
    }

    /// <summary>Makes a span below the current one.</summary>
    public static WorkflowSpan Start(ActivitySource source, string name, ActivityKind kind, Exception? failure = null)
    {
        if (!Workflow.InWorkflow)
        {
            throw new InvalidOperationException(
                "WorkflowTracing.StartSpan is for workflow code: elsewhere start an Activity on an ActivitySource.");
        }

        var outer = Ambient.Value;
        var parent = outer?.Context ?? default;
        var made = Make(source, name, kind, parent, outer?._tags ?? [], [], evenInReplay: false, failure);
        return new WorkflowSpan(made ?? parent, outer?._tags ?? [], outerBaggage: null);
    }

    public void Dispose()
    {
        Ambient.Value = _outer;
        if (_outerBaggage is { } baggage)
        {
            Baggage.Current = baggage;
        }
    }

    /// <summary>Makes a span that ends at once; null when nobody listens, in replay, or when it is not
    /// sampled.</summary>
    private static ActivityContext? Make(
        ActivitySource source,
        string name,
        ActivityKind kind,
        ActivityContext parent,
        KeyValuePair<string, object?>[] tags,
        ActivityLink[] links,
        bool evenInReplay,
        Exception? failure)
    {
        if (!source.HasListeners() || (Workflow.Unsafe.IsReplaying && !evenInReplay))
        {
            return null;
        }

        // What listens is not workflow code: an exporter may lock, wait and start threads.
        return Workflow.Unsafe.WithTracingEventListenerDisabled<ActivityContext?>(() =>
        {
            // Without a parent it is a root, and not below whatever the worker's thread came from.
            var outside = Activity.Current;
            Activity.Current = null;
            try
            {
                using var span = source.StartActivity(name, kind, parent, tags, links);
                if (failure is not null)
                {
                    TraceTags.Fail(span, failure);
                }

                return span?.Context;
            }
            finally
            {
                Activity.Current = outside;
            }
        });
    }
}
