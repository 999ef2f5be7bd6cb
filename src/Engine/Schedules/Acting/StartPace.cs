using System.Collections.Concurrent;

namespace AugmentedOS.Engine.Schedules.Acting;

/// <summary>How fast the schedules of a namespace may start workflows. Each start reserves its place; those that come
/// when the rate is used up wait their turn. Thread-safe.</summary>
/// <param name="perSecond"><c>worker.schedulerNamespaceStartWorkflowRPS</c>; 0 for no limit.</param>
internal sealed class StartPace(double perSecond, TimeProvider time)
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromDays(1);
    private readonly ConcurrentDictionary<NamespaceId, Line> _lines = new();

    /// <summary>Takes the next place.</summary>
    /// <returns>How long to wait for it.</returns>
    public TimeSpan Reserve(NamespaceId ns)
    {
        if (perSecond <= 0)
        {
            return TimeSpan.Zero;
        }

        var gap = TimeSpan.FromSeconds(Math.Min(1 / perSecond, LongestWait.TotalSeconds));
        var wait = _lines.GetOrAdd(ns, static _ => new Line())
            .Reserve(Instant.From(time.GetUtcNow()), gap, gap * (Burst - 1));
        return wait < LongestWait ? wait : LongestWait;
    }

    /// <summary>A second's worth, as on a Temporal server, and never less than one.</summary>
    private double Burst => Math.Max(1, Math.Ceiling(perSecond));

    /// <summary>Who of a namespace comes when: the time at which the next would come, were there no bursts.</summary>
    private sealed class Line
    {
        private readonly Lock _gate = new();
        private Instant _next;

        public TimeSpan Reserve(Instant now, TimeSpan gap, TimeSpan burst)
        {
            lock (_gate)
            {
                var place = _next > now ? _next : now;
                _next = place + gap;
                var wait = place - now - burst;
                return wait > TimeSpan.Zero ? wait : TimeSpan.Zero;
            }
        }
    }
}
