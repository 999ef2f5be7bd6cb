using AugmentedOS.Engine.Batch;
using AugmentedOS.Engine.Clocks;
using AugmentedOS.Engine.Entities;
using AugmentedOS.Engine.Executions;
using AugmentedOS.Engine.Hosting.DynamicConfig;
using AugmentedOS.Engine.Hosting.Metrics;
using AugmentedOS.Engine.Namespaces;
using AugmentedOS.Engine.Nexus;
using AugmentedOS.Engine.Nexus.Endpoints;
using AugmentedOS.Engine.Queries;
using AugmentedOS.Engine.Runtime;
using AugmentedOS.Engine.Runtime.Resetting;
using AugmentedOS.Engine.Schedules;
using AugmentedOS.Engine.Storage;
using AugmentedOS.Engine.TaskQueues;
using AugmentedOS.Engine.TaskQueues.Configuration;
using AugmentedOS.Engine.Updates;
using Microsoft.Extensions.Logging;

namespace AugmentedOS.Engine.Hosting;

/// <summary>The engine's parts, put together: everything but the port. Made: the file is open. Started: runs move.
/// </summary>
internal sealed partial class EngineCore : IDisposable
{
    /// <summary>See decision 9: what a commit costs is shared by all that gathered for it. In memory it costs nothing.
    /// </summary>
    private static readonly TimeSpan CommitPace = TimeSpan.FromMilliseconds(2);

    private readonly DedicatedThreadScheduler _writerThread;
    private readonly EngineParts _parts;
    private readonly NamespaceChanges _namespaceChanges;
    private bool _isDisposed;

    /// <exception cref="EngineStartException">The options are wrong or the file cannot be used.</exception>
    /// <param name="machine">The machine's clock.</param>
    public EngineCore(WorkflowEngineOptions options, TimeProvider machine, ILoggerFactory logs)
    {
        EngineOptionsCheck.ThrowIfWrong(options);
        Options = options;
        Time = machine;
        Limits = ReadLimits(options, logs.CreateLogger<EngineCore>());
        Metrics = new Lazy<PrometheusText>(() => new PrometheusText(Meters));
        Clocks = ClocksFor(options.TimeSkipping, machine);
        var time = Clocks.Workflows;
        Ids = new TimeOrderedIds(time);
        Journal = Open(options, machine, Ids);
        Namespaces = new NamespaceDirectory(Journal.Namespaces());
        var pace = options.DatabasePath == WorkflowEngineOptions.InMemory ? TimeSpan.Zero : CommitPace;
        _writerThread = new DedicatedThreadScheduler("engine-writer", EngineClock.System, pace);
        _parts = new EngineParts(
            Journal,
            Namespaces,
            Limits,
            Ids,
            Clocks,
            ThreadPoolScheduler.Instance,
            _writerThread,
            Environment.ProcessorCount,
            logs,
            Meters,
            Journal.ClusterId.ToString("D"));
        TaskQueueConfigurations = new TaskQueueConfigurations(Matcher);
        TaskQueueConfigurationHost = Entities.Add(new TaskQueueConfigurationType(), TaskQueueConfigurations);
        Deployments = new EngineDeployments(_parts, Journal, Namespaces);
        Readiness = new Readiness(_parts.Health);
        Security = new EngineSecurity(options, _parts.Health, machine, Meters, logs);
        _namespaceChanges = new NamespaceChanges(Namespaces, Commits, Ids, time);
        Updates = new UpdateDispatcher(Shards, Journal, machine, Limits);
        Queries = new QueryDispatcher(
            Shards, Matcher, Ids, Clocks.Work, Limits, Deployments.Directory.IsBlackHole);
        Reclaim = new NamespaceReclaim(Journal, Shards, Entities, logs.CreateLogger<NamespaceReclaim>());
        Api = new EngineApi(this, _namespaceChanges, logs);
    }

    public WorkflowEngineOptions Options { get; }

    public TimeProvider Time { get; }

    public EngineLimits Limits { get; }

    public EngineClocks Clocks { get; }

    public EngineHealth Health => _parts.Health;

    /// <summary>What health checks are told.</summary>
    public Readiness Readiness { get; }

    public EngineMeters Meters { get; } = new();

    /// <summary>Made when somebody wants to see them: measuring has a price.</summary>
    public Lazy<PrometheusText> Metrics { get; }

    public HistoryNotifier History => _parts.History;

    public Shards Shards => _parts.Executions;

    public EntityHosts Entities => _parts.Entities;

    public NexusServices Nexus => _parts.Nexus;

    public EntityHost<NexusEndpoint> NexusEndpoints => _parts.NexusEndpoints;
    public Resets Resets => _parts.Resets;

    public TaskQueueConfigurations TaskQueueConfigurations { get; }

    public EntityHost<TaskQueueConfiguration> TaskQueueConfigurationHost { get; }

    public EngineDeployments Deployments { get; }

    public Scheduling Schedules => _parts.Schedules;

    public Batching Batches => _parts.Batches;

    public IIdSource Ids { get; }

    public SqliteJournal Journal { get; }

    public CommitQueue Commits => _parts.Commits;

    public TaskMatcher Matcher => _parts.Matcher;

    public NamespaceDirectory Namespaces { get; }

    public QueryDispatcher Queries { get; }

    public UpdateDispatcher Updates { get; }

    public NamespaceReclaim Reclaim { get; }

    public EngineSecurity Security { get; }

    public EngineApi Api { get; }

    /// <summary>Makes the configured namespaces and takes up what was pending.</summary>
    /// <exception cref="EngineStartException">The file cannot be written.</exception>
    public async Task StartAsync()
    {
        if (await ConfiguredNamespaces.EnsureAsync(Options, Namespaces, _namespaceChanges).ConfigureAwait(false)
            is { } failure)
        {
            throw new EngineStartException(failure.Message);
        }

        await _parts.StartAsync(Deployments.LoadAsync).ConfigureAwait(false);
        Reclaim.Resume(Namespaces.All);
        Readiness.Started();
    }

    /// <summary>Ends long polls, so that callers go away in good order.</summary>
    public void Drain()
    {
        Readiness.Stopping();
        Matcher.EndAllPolls();
        History.Drain();
        Queries.EndAll();
        Nexus.Dispatcher.EndAll();
        Updates.EndAll();
    }

    /// <summary>Refuses what comes from now on, and waits until all that was accepted is durable.</summary>
    public Task StopAsync() => _parts.StopAsync();

    public void Dispose()
    {
        if (_isDisposed)
        {
            return;
        }

        _isDisposed = true;
        _parts.Dispose();
        Clocks.Skipping?.Dispose();
        _writerThread.Dispose();
        Journal.Dispose();
        _namespaceChanges.Dispose();
        if (Metrics.IsValueCreated)
        {
            Metrics.Value.Dispose();
        }

        Security.Dispose();
        Meters.Dispose();
        Readiness.Dispose();
    }

    private static EngineLimits ReadLimits(WorkflowEngineOptions options, ILogger logger)
    {
        var limits = EngineLimits.Default with { HistoryCountSuggest = options.SuggestContinueAsNewAfterEvents };
        var reading = DynamicConfigReading.Of(limits, options.DynamicConfig);
        foreach (var key in reading.Unknown)
        {
            LogUnknownKey(logger, key);
        }

        return reading.Limits;
    }

    private static EngineClocks ClocksFor(TimeSkipping skipping, TimeProvider machine) => skipping == TimeSkipping.Off
        ? EngineClocks.Of(machine)
        : EngineClocks.Skippable(machine, ThreadPoolScheduler.Instance, skipping == TimeSkipping.Locked);

    private static SqliteJournal Open(WorkflowEngineOptions options, TimeProvider time, IIdSource ids)
    {
        try
        {
            return SqliteJournal.Open(
                options.DatabasePath, time, ids, DatabasePragmas.Script(options.SqlitePragmas));
        }
        catch (EngineStorageException unusable)
        {
            throw new EngineStartException(unusable.Message, unusable);
        }
    }

    [LoggerMessage(1, LogLevel.Warning, "Dynamic config key {Key} has no effect on this engine.")]
    private static partial void LogUnknownKey(ILogger logger, string key);
}
