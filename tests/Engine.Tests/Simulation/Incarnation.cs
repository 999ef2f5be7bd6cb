using AugmentedOS.Engine.Clocks;
using AugmentedOS.Engine.Executions;
using AugmentedOS.Engine.Runtime;
using AugmentedOS.Engine.Tests.Executions.Kit;
using Microsoft.Extensions.Time.Testing;

namespace AugmentedOS.Engine.Tests.Simulation;

/// <summary>One life of the engine's process on the simulated disk.</summary>
internal sealed class Incarnation : IDisposable
{
    private const int Shards = 2;

    public Incarnation(
        SimulatedDisk disk, FakeTimeProvider time, Random random, CriticalLog log, Func<int, CommitFault> faultOf)
    {
        Journal = new SimulatedJournal(disk, faultOf);
        Scheduler = new SeededScheduler(random);
        Engine = new EngineParts(
            Journal,
            new FixedNamespaces(),
            EngineLimits.Default,
            new SeededIds(random),
            EngineClocks.Of(time),
            Scheduler,
            Scheduler,
            Shards,
            log);
        Engine.Start();
    }

    public SimulatedJournal Journal { get; }

    public SeededScheduler Scheduler { get; }

    public EngineParts Engine { get; }

    public void Dispose() => Engine.Dispose();
}
