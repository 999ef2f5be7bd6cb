using System.Diagnostics.Metrics;

namespace AugmentedOS.Engine.Schedules;

/// <summary>What operators watch of schedules, under the names that a Temporal server's dashboards know.</summary>
internal sealed class ScheduleInstruments : IDisposable
{
    private static readonly KeyValuePair<string, object?> StartWorkflow = new("schedule_action", "start_workflow");
    private readonly Meter _meter;
    private readonly Counter<long> _successes;
    private readonly Counter<long> _errors;
    private readonly Counter<long> _missed;
    private readonly Counter<long> _overruns;
    private readonly Counter<long> _skipped;
    private readonly Histogram<double> _delay;

    public ScheduleInstruments(IMeterFactory? meters)
    {
        const string name = "AugmentedOS.Engine.Schedules";
        _meter = meters?.Create(new MeterOptions(name)) ?? new Meter(name);
        _successes = _meter.CreateCounter<long>("schedule_action_success", description: "Actions that were started.");
        _errors = _meter.CreateCounter<long>("schedule_action_errors", description: "Starts that failed, each try.");
        _missed = _meter.CreateCounter<long>(
            "schedule_missed_catchup_window", description: "Times that had passed too long ago.");
        _overruns = _meter.CreateCounter<long>(
            "schedule_buffer_overruns", description: "Times for which there was no room in the buffer.");
        _skipped = _meter.CreateCounter<long>(
            "schedule_overlap_skipped", description: "Times that were skipped because a run was still open.");
        _delay = _meter.CreateHistogram<double>(
            "schedule_action_e2e_delay", "s", "From when an action was due to when its workflow had started.");
    }

    /// <param name="delay">Null for an action that was never due.</param>
    public void Started(string ns, TimeSpan? delay)
    {
        var tag = new KeyValuePair<string, object?>("namespace", ns);
        _successes.Add(1, tag, StartWorkflow);
        if (delay is { } late)
        {
            _delay.Record(Math.Max(0, late.TotalSeconds), tag);
        }
    }

    public void NotStarted(string ns) => _errors.Add(1, new("namespace", ns), StartWorkflow);

    /// <summary>What a durable change left undone.</summary>
    public void LeftUndone(string ns, ScheduleCounters before, ScheduleCounters after)
    {
        var tag = new KeyValuePair<string, object?>("namespace", ns);
        Add(_missed, after.MissedCatchup - before.MissedCatchup);
        Add(_overruns, after.BufferDropped - before.BufferDropped);
        Add(_skipped, after.OverlapSkipped - before.OverlapSkipped);

        void Add(Counter<long> counter, long count)
        {
            if (count > 0)
            {
                counter.Add(count, tag);
            }
        }
    }

    public void Dispose() => _meter.Dispose();
}
