using AugmentedOS.Engine.Entities;
using AugmentedOS.Engine.Executions;
using AugmentedOS.Engine.Runtime;
using AugmentedOS.Engine.Tests.Executions.Kit;
using AugmentedOS.Engine.Tests.Simulation;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace AugmentedOS.Engine.Tests.Entities;

/// <summary>One life of a host of counters on a simulated disk, moved step by step.</summary>
internal sealed class EntityLife : IDisposable, IEntityEffects
{
    private readonly EntityHosts _hosts;

    public EntityLife(
        SimulatedDisk? disk = null,
        Random? random = null,
        FakeTimeProvider? time = null,
        Func<int, CommitFault>? faultOf = null,
        CriticalLog? log = null,
        int version = 2)
    {
        Disk = disk ?? new SimulatedDisk();
        Random = random ?? new Random(1);
        Time = time ?? new FakeTimeProvider(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
        Log = log ?? new CriticalLog();
        Journal = new SimulatedJournal(Disk, faultOf);
        Loops = new SeededScheduler(Random);
        Writer = new SeededScheduler(Random);
        var commits = new CommitQueue(
            Journal, Writer, Health, new PersistenceInstruments(null), Time, NullLogger<CommitQueue>.Instance);
        _hosts = new EntityHosts(new EntityServices(
            Journal, commits, new FixedNamespaces(), EngineLimits.Default, new SequentialIds(), Time, Loops, Health, Log));
        Host = _hosts.Add(new CounterType(version), this);
        _hosts.Start();
    }

    public SimulatedDisk Disk { get; }

    public Random Random { get; }

    public FakeTimeProvider Time { get; }

    public CriticalLog Log { get; }

    public SimulatedJournal Journal { get; }

    public SeededScheduler Loops { get; }

    public SeededScheduler Writer { get; }

    public EngineHealth Health { get; } = new();

    public EntityHost<Counter> Host { get; }

    /// <summary>Everything that left, in order.</summary>
    public List<CounterMoved> Effects { get; } = [];

    public static EntityKey Key(string id) =>
        new(EntityKind.TaskQueueConfiguration, FixedNamespaces.Default.Id, id);

    public void Carry(EntityEffect effect) => Effects.Add((CounterMoved)effect);

    /// <summary>Everything that is ready, the disk too.</summary>
    public void Settle()
    {
        while (Loops.Step() || Writer.Step())
        {
        }
    }

    /// <summary>Everything but the disk.</summary>
    public void Think()
    {
        while (Loops.Step())
        {
        }
    }

    public List<Outcome> Send(EntityInput<Counter> input)
    {
        var outcomes = new List<Outcome>();
        Host.Submit(input, outcomes.Add);
        return outcomes;
    }

    /// <summary>Sends it and waits until it is through.</summary>
    public Outcome Ask(EntityInput<Counter> input)
    {
        var outcomes = Send(input);
        Settle();
        return Assert.Single(outcomes);
    }

    public Outcome Read(string id) => Ask(ReadOf(id));

    public static ReadEntity<Counter> ReadOf(string id) =>
        new(Key(id), static (state, _) => state.Value, static () => Rejection.NotFound("no such counter"));

    public Task StopAsync() => _hosts.StopAsync();

    public void RemoveAll(NamespaceId ns) => _hosts.RemoveAll(ns);

    public void Dispose() => _hosts.Dispose();
}
