using System.Diagnostics.Metrics;
using AugmentedOS.Engine.TaskQueues;
using Microsoft.Extensions.Time.Testing;

namespace AugmentedOS.Engine.Tests.TaskQueues;

public sealed class TaskQueueInstrumentsTests
{
    [Fact]
    public void Gauges_CountWhatWaits()
    {
        using var fixture = new MatcherFixture();
        using var factory = new OneMeter();
        using var instruments = new TaskQueueInstruments(factory);
        var matcher = new TaskMatcher(new FakeTimeProvider(), new FakeTimeProvider(), instruments);
        matcher.Add(fixture.Task(1));
        matcher.Poll(new Poller(MatcherFixture.Sticky(), "me", "", _ => { }));

        var seen = new Dictionary<string, long>();
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, self) =>
        {
            if (instrument.Meter == factory.Meter)
            {
                self.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, _, _) => seen[instrument.Name] = value);
        listener.Start();
        listener.RecordObservableInstruments();

        Assert.Equal(1, seen["approximate_backlog_count"]);
        Assert.Equal(1, seen["pending_polls"]);
        Assert.Equal(2, seen["loaded_task_queue_count"]);
    }

    private sealed class OneMeter : IMeterFactory
    {
        public Meter? Meter { get; private set; }

        public Meter Create(MeterOptions options) => Meter = new Meter(options);

        public void Dispose() => Meter?.Dispose();
    }
}
