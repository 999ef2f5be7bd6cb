using System.Collections.Concurrent;
using System.Diagnostics;
using AugmentedOS.Workflows.Telemetry;

namespace AugmentedOS.Workflows.Tests.Telemetry;

/// <summary>Listens to our sources and keeps their spans. Other tests run beside it: a test asks for its own.</summary>
internal sealed class SpanRecorder : IDisposable
{
    private readonly ConcurrentQueue<Activity> _ended = new();
    private readonly ActivityListener _listener;

    public SpanRecorder()
    {
        _listener = new ActivityListener
        {
            ShouldListenTo = source => WorkflowTracing.SourceNames.Contains(source.Name),
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = _ended.Enqueue,
        };
        ActivitySource.AddActivityListener(_listener);
    }

    /// <summary>The spans of a trace.</summary>
    public IReadOnlyList<Activity> In(ActivityTraceId trace) => [.. _ended.Where(span => span.TraceId == trace)];

    /// <summary>The spans with a workflow id.</summary>
    public IReadOnlyList<Activity> Of(string workflowId) =>
        [.. _ended.Where(span => Equals(span.GetTagItem("temporalWorkflowID"), workflowId))];

    /// <summary>The tree of a workflow's spans, indented, in the order in which they began.</summary>
    public string TreeOf(string workflowId)
    {
        var spans = Of(workflowId);
        var ids = spans.Select(span => span.SpanId).ToHashSet();
        var lines = new List<string>();
        void Add(Activity span, int depth)
        {
            lines.Add(new string(' ', depth * 2) + span.DisplayName);
            foreach (var below in spans.Where(other => other.ParentSpanId == span.SpanId)
                .OrderBy(other => other.StartTimeUtc))
            {
                Add(below, depth + 1);
            }
        }

        foreach (var root in spans.Where(span => !ids.Contains(span.ParentSpanId)).OrderBy(span => span.StartTimeUtc))
        {
            Add(root, 0);
        }

        return string.Join('\n', lines);
    }

    public void Dispose() => _listener.Dispose();
}
