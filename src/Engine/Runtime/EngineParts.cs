using System.Diagnostics.Metrics;
using AugmentedOS.Engine.Batch;
using AugmentedOS.Engine.Clocks;
using AugmentedOS.Engine.Deployments;
using AugmentedOS.Engine.Entities;
using AugmentedOS.Engine.Executions;
using AugmentedOS.Engine.Namespaces;
using AugmentedOS.Engine.Nexus;
using AugmentedOS.Engine.Nexus.Endpoints;
using AugmentedOS.Engine.Runtime.Instruments;
using AugmentedOS.Engine.Runtime.Resetting;
using AugmentedOS.Engine.Schedules;
using AugmentedOS.Engine.Storage;
using AugmentedOS.Engine.TaskQueues;
using Microsoft.Extensions.Logging;

namespace AugmentedOS.Engine.Runtime;

/// <summary>The running parts of an engine, wired: what the API talks to, and what a simulation drives.</summary>
internal sealed class EngineParts : IDisposable
{
    private readonly Shards _shards = new();
    private readonly Courier _courier;
    private readonly EngineRuntime _runtime;
    private readonly TaskQueueInstruments _taskQueueInstruments;
    private readonly PersistenceInstruments _persistenceInstruments;
    private readonly RunInstruments _runInstruments;

    /// <param name="journal">Stays the caller's to dispose, after this.</param>
    /// <param name="clocks">Stay the caller's to dispose, after this.</param>
    /// <param name="loops">Runs the shards.</param>
    /// <param name="writer">Runs the group commit; may block.</param>
    /// <param name="clusterId">By which handlers elsewhere know this engine.</param>
    /// <param name="outbound">Makes requests to servers elsewhere; null for the usual one.</param>
    public EngineParts(
        IJournal journal,
        INamespaceDirectory namespaces,
        EngineLimits limits,
        IIdSource ids,
        EngineClocks clocks,
        IWorkScheduler loops,
        IWorkScheduler writer,
        int shardCount,
        ILoggerFactory logs,
        IMeterFactory? meters = null,
        string clusterId = "",
        HttpMessageInvoker? outbound = null)
    {
        Journal = journal;
        Health = new EngineHealth();
        _taskQueueInstruments = new TaskQueueInstruments(meters, namespaces);
        _persistenceInstruments = new PersistenceInstruments(meters);
        _runInstruments = new RunInstruments(meters, namespaces);
        loops = clocks.Watch(loops);
        var time = clocks.Workflows;
        Matcher = new TaskMatcher(time, clocks.Work, _taskQueueInstruments)
        {
            IsFair = limits.Features.Fairness,
        };
        History = new HistoryNotifier();
        Commits = new CommitQueue(
            journal, clocks.Watch(writer), Health, _persistenceInstruments, clocks.Machine, logs.CreateLogger<CommitQueue>());
        _courier = new Courier(_shards, clocks.Work);
        var closings = new RunClosings();
        Matcher.Connect(_shards);
        Versions = new DeploymentDirectory(Matcher);
        Entities = new EntityHosts(new EntityServices(
            journal, Commits, namespaces, limits, ids, time, loops, Health, logs.CreateLogger<EntityHosts>()));
        Nexus = new NexusServices(
            journal, _shards, Matcher, namespaces, limits, ids, clocks.Work, clusterId, outbound, meters);
        NexusEndpoints = Entities.Add(new NexusEndpointType(), Nexus.Directory);
        Schedules = new Scheduling(Entities, _shards, closings, meters);
        Resets = new Resets(journal, _shards, loops, ids);
        Batches = new Batching(Entities, _shards, Resets);
        var services = new ShardServices(
            journal,
            Commits,
            new Effects(Matcher, History, _courier, closings, Nexus.Caller, _runInstruments),
            namespaces,
            limits,
            ids,
            time,
            loops,
            Health,
            logs.CreateLogger<Shard>())
        {
            Endpoints = Nexus.Endpoints,
            Versions = Versions,
            VersionPinned = Versions.NotePinned,
            Stillness = clocks.Stillness,
        };
        _runtime = new EngineRuntime(services, _shards, shardCount, clocks.Machine, logs.CreateLogger<EngineRuntime>());
    }

    public IJournal Journal { get; }

    public EngineHealth Health { get; }

    public TaskMatcher Matcher { get; }

    /// <summary>The durable worker versions. Empty unless a host of deployments publishes into it.</summary>
    public DeploymentDirectory Versions { get; }

    public HistoryNotifier History { get; }

    public CommitQueue Commits { get; }

    public Shards Executions => _shards;

    public NexusServices Nexus { get; }

    public EntityHost<NexusEndpoint> NexusEndpoints { get; }
    public Resets Resets { get; }

    /// <summary>Kinds are added before the start.</summary>
    public EntityHosts Entities { get; }

    public Scheduling Schedules { get; }

    public Batching Batches { get; }

    /// <summary>Takes up everything that was pending when the engine last ended.</summary>
    public void Start()
    {
        Entities.Start();
        _runtime.Start();
    }

    /// <inheritdoc cref="Start"/>
    /// <param name="loaded">What has to be known before runs move: where their tasks go.</param>
    public async Task StartAsync(Func<Task> loaded)
    {
        Entities.Start();
        await loaded().ConfigureAwait(false);
        _runtime.Start();
    }

    /// <summary>Ends long polls, refuses what comes from now on, and waits until all that was accepted is durable.</summary>
    public async Task StopAsync()
    {
        Matcher.EndAllPolls();
        History.Drain();
        Nexus.Stop();
        _courier.Dispose();
        await Entities.StopAsync().ConfigureAwait(false);
        await _runtime.StopAsync().ConfigureAwait(false);
    }

    /// <summary>Lets go of timers and meters. Without <see cref="StopAsync"/> before, it is as if the plug were pulled.</summary>
    public void Dispose()
    {
        _courier.Dispose();
        Schedules.Dispose();
        Batches.Dispose();
        Entities.Dispose();
        _runtime.Dispose();
        _taskQueueInstruments.Dispose();
        _persistenceInstruments.Dispose();
        _runInstruments.Dispose();
        Nexus.Dispose();
    }
}
