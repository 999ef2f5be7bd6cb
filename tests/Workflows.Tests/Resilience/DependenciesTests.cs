using System.Diagnostics.Metrics;
using System.Threading.RateLimiting;
using AugmentedOS.Workflows.Resilience;
using Temporalio.Activities;
using Temporalio.Worker;

namespace AugmentedOS.Workflows.Tests.Resilience;

/// <summary>Which dependency an activity has, what is measured, and what misuse is told.</summary>
public sealed class DependenciesTests
{
    [Fact]
    public void Activity_WhenItOrItsClassOrTheOptionsNameIt_HasThatDependency()
    {
        using var dependencies = new Dependencies().Add("bank").Add("fees")
            .Add("mail", options => options.Activities.Add("Send"));

        Assert.Same(
            dependencies.Of(Definition(nameof(BankActivities.PayAsync))),
            dependencies.Of(Definition(nameof(BankActivities.PayAsync))));
        Assert.NotSame(
            dependencies.Of(Definition(nameof(BankActivities.PayAsync))),
            dependencies.Of(Definition(nameof(BankActivities.FeesAsync))));
        Assert.NotNull(dependencies.Of(ActivityDefinition.Create("Send", typeof(void), [], 0, _ => null)));
        Assert.Null(dependencies.Of(ActivityDefinition.Create("Other", typeof(void), [], 0, _ => null)));
    }

    [Fact]
    public void Worker_WhenAnActivityNamesAnUnknownDependency_IsToldWhichThereAre()
    {
        using var dependencies = new Dependencies().Add("banc").Add("fees");
        var options = new TemporalWorkerOptions("pay").AddAllActivities(new BankActivities((int _) => null));

        var thrown = Assert.Throws<InvalidOperationException>(() => options.UseDependencies(dependencies));

        Assert.Equal(
            "The activity \"Pay\" depends on \"bank\", which was not added; there are \"banc\", \"fees\". Add it with "
                + "Dependencies.Add(\"bank\"), or mend the name in its [Dependency].",
            thrown.Message);
    }

    [Fact]
    public void Worker_WhenItUsesDependenciesTwice_IsToldToDoItOnce()
    {
        using var dependencies = new Dependencies();
        var options = new TemporalWorkerOptions("pay").UseDependencies(dependencies);

        Assert.Contains(
            "call UseDependencies once",
            Assert.Throws<InvalidOperationException>(() => options.UseDependencies(dependencies)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Dependency_WhenItIsAddedTwice_IsToldToDoItOnce()
    {
        using var dependencies = new Dependencies().Add("bank", options => options.Activities.Add("Pay"));

        Assert.Contains(
            "add it once, with all its options",
            Assert.Throws<ArgumentException>(() => dependencies.Add("bank")).Message, StringComparison.Ordinal);
        Assert.Contains(
            "\"Pay\" depends on \"bank\" already",
            Assert.Throws<ArgumentException>(
                () => dependencies.Add("fees", options => options.Activities.Add("Pay"))).Message,
            StringComparison.Ordinal);
        Assert.Contains(
            "no dependency \"mail\"; there are \"bank\"",
            Assert.Throws<ArgumentException>(() => dependencies.Health("mail")).Message,
            StringComparison.Ordinal);
    }

    public static TheoryData<Action<DependencyOptions>, string> Faults => new()
    {
        { options => options.FailureRatio = 0, "failure ratio is 0; it has to be above 0" },
        { options => options.FailureRatio = double.NaN, "failure ratio is NaN" },
        { options => options.MinimumCalls = 1, "at least 2" },
        { options => options.Sampling = TimeSpan.FromMilliseconds(1), "sampling time" },
        { options => options.Break = TimeSpan.FromDays(2), "break is 2.00:00:00; it has to be between 500 ms and a "
            + "day" },
        { options => options.Spread = TimeSpan.FromSeconds(-1), "spread" },
        { options => options.Calls = 0, "set null for no limit" },
        { options => options.Concurrency = 0, "set null for no limit" },
        { options => options.Window = TimeSpan.Zero, "window" },
        { options => (options.Calls, options.Limiter) = (1, () => new ConcurrencyLimiter(new())), "set one of them" },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public void Dependency_WhenAnOptionIsWrong_SaysWhichAndWhatToDo(Action<DependencyOptions> configure, string message)
    {
        using var dependencies = new Dependencies();

        var thrown = Assert.Throws<ArgumentException>(() => dependencies.Add("bank", configure));

        Assert.StartsWith("The dependency \"bank\" cannot be added: ", thrown.Message, StringComparison.Ordinal);
        Assert.Contains(message, thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Meter_WhenACircuitOpens_ShowsItsStateAndWhatWasRefused()
    {
        var name = $"bank-{Guid.NewGuid():N}";
        using var dependencies = new Dependencies().Add(name, options =>
        {
            options.MinimumCalls = 2;
            options.Activities.Add("Pay");
        });
        var measured = new Dictionary<string, long>();
        using var listener = Listen(name, measured);
        var pipeline = dependencies.Of(ActivityDefinition.Create("Pay", typeof(void), [], 0, _ => null))!;

        for (var i = 0; i < 3; i++)
        {
            await Assert.ThrowsAnyAsync<Exception>(
                () => pipeline.RunAsync(() => Task.FromException<object?>(new TimeoutException()), default));
        }

        listener.RecordObservableInstruments();
        Assert.Equal(
            [
                ("aos.dependency.calls", 2L), ("aos.dependency.circuit", 2L), ("aos.dependency.circuit.opened", 1L),
                ("aos.dependency.rejections circuit-open", 1L),
            ],
            measured.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => (pair.Key, pair.Value)));
    }

    private static MeterListener Listen(string dependency, Dictionary<string, long> measured)
    {
        var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listening) =>
            {
                if (instrument.Meter.Name == Dependencies.MeterName)
                {
                    listening.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Add(instrument.Name, value, tags));
        listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) => Add(instrument.Name, value, tags));
        listener.Start();
        return listener;

        void Add(string name, long value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
        {
            // Other tests measure as well.
            var all = tags.ToArray();
            if (all.Contains(new("dependency", dependency)))
            {
                var reason = all.FirstOrDefault(tag => tag.Key == "reason").Value;
                var key = reason is null ? name : $"{name} {reason}";
                measured[key] = measured.GetValueOrDefault(key) + value;
            }
        }
    }

    private static ActivityDefinition Definition(string method) => ActivityDefinition.Create(
        typeof(BankActivities).GetMethod(method)!, _ => null);
}
