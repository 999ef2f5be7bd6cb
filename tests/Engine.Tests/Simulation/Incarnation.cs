using AugmentedOS.Engine.Clocks;
using AugmentedOS.Engine.Deployments;
using AugmentedOS.Engine.Deployments.Inputs;
using AugmentedOS.Engine.Entities;
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
        var effects = new DeploymentEffects(Engine.Versions, Scheduler);
        Deployments = Engine.Entities.Add(new WorkerDeploymentType(), effects);
        effects.Connect(Deployments, (_, version) => PinnedRuns(disk, version));
        Engine.Versions.Woken = (key, buildId) => Deployments.Post(new ReactivateVersion(key, buildId), static _ => { });
        try
        {
            var started = Engine.StartAsync(LoadedAsync);
            Assert.True(started.IsCompleted, "Something waits for another thread, and there is none.");
            started.GetAwaiter().GetResult();
        }
        catch (SimulatedCrash)
        {
            Engine.Dispose();
            throw;
        }
    }

    public SimulatedJournal Journal { get; }

    public SeededScheduler Scheduler { get; }

    public EngineParts Engine { get; }

    public EntityHost<WorkerDeployment> Deployments { get; }

    public void Dispose() => Engine.Dispose();

    private static long PinnedRuns(SimulatedDisk disk, DeploymentVersion version) => disk.Runs.Values
        .Where(run => run.ClosedAt is null)
        .Count(run => run.Load().State.Versioning is { IsPinned: true } versioning && versioning.EffectiveVersion == version);

    /// <summary>Runs move when it is known where their tasks go.</summary>
    private Task LoadedAsync()
    {
        var isLoaded = false;
        Deployments.Submit(
            new ReadEntity<WorkerDeployment>(ScriptedDeployments.Key, static (_, _) => "", static () => Rejection.NotFound("")),
            _ => isLoaded = true);
        while (!isLoaded && Scheduler.Step())
        {
        }

        return Task.CompletedTask;
    }
}
