using AugmentedOS.Engine.Storage;
using Microsoft.Extensions.Logging;

namespace AugmentedOS.Engine.Runtime;

/// <summary>The engine without its API: recovers what is pending, keeps it moving, and stops in good order.</summary>
internal sealed partial class EngineRuntime : IDisposable
{
    private readonly IJournal _journal;
    private readonly CommitQueue _commits;
    private readonly Shards _shards;
    private readonly WakeUpHorizon _horizon;
    private readonly RetentionSweep _retention;
    private readonly IWorkScheduler _scheduler;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly List<ITimer> _timers = [];

    public EngineRuntime(ShardServices services, Shards shards, int shardCount, TimeProvider machine, ILogger<EngineRuntime> logger)
    {
        _journal = services.Journal;
        _commits = services.Commits;
        _shards = shards;
        _scheduler = services.Scheduler;
        _time = machine;
        _logger = logger;
        _shards.Open(services, shardCount);
        _horizon = new WakeUpHorizon(services.Journal, shards, services.Time);
        _retention = new RetentionSweep(services.Journal, shards, services.Time);
        _commits.GenerationChanged += OnGenerationChanged;
    }

    /// <summary>Takes up everything that was pending when the engine last ended.</summary>
    public void Start()
    {
        ResumeHotRuns();
        _horizon.Extend();
        Repeat(WakeUpHorizon.Interval, _horizon.Extend);
        Repeat(RetentionSweep.Interval, _retention.Sweep);
    }

    /// <summary>Ends the shards' work and waits until all that was accepted is durable. Later inputs are refused.</summary>
    public async Task StopAsync()
    {
        var stopped = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var waiting = _shards.Count;
        _shards.PostToAll(() => new StopShard(() =>
        {
            if (Interlocked.Decrement(ref waiting) == 0)
            {
                stopped.SetResult();
            }
        }));
        await stopped.Task.ConfigureAwait(false);

        // The writer takes items in order: when this one is through, everything before it is on disk.
        var written = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _commits.Enqueue(new BarrierCommit(_ => written.SetResult(), default));
        await written.Task.ConfigureAwait(false);
    }

    public void Dispose()
    {
        foreach (var timer in _timers)
        {
            timer.Dispose();
        }

        _commits.GenerationChanged -= OnGenerationChanged;
        _shards.Dispose();
    }

    private void OnGenerationChanged(int generation)
    {
        var waiting = _shards.Count;
        _shards.PostToAll(() => new Reload(generation, () =>
        {
            if (Interlocked.Decrement(ref waiting) == 0)
            {
                _scheduler.Schedule(new Work(this, Recover));
            }
        }));
    }

    private void Recover()
    {
        ResumeHotRuns();
        _horizon.Extend();
    }

    private void ResumeHotRuns()
    {
        var hot = _journal.HotRuns();
        foreach (var run in hot)
        {
            _shards.Post(run, new Resume(run));
        }

        LogResumed(_logger, hot.Count);
    }

    private void Repeat(TimeSpan interval, Action action) =>
        _timers.Add(_time.CreateTimer(_ => _scheduler.Schedule(new Work(this, action)), null, interval, interval));

    [LoggerMessage(Level = LogLevel.Information, Message = "Resumed {Count} runs that had something pending.")]
    private static partial void LogResumed(ILogger logger, int count);

    [LoggerMessage(Level = LogLevel.Error, Message = "Background work failed on the database; it is tried again.")]
    private static partial void LogBackgroundFailed(ILogger logger, Exception exception);

    /// <summary>Background work that reads the journal; a failing disk is not the end of it.</summary>
    private sealed class Work(EngineRuntime runtime, Action action) : IThreadPoolWorkItem
    {
        public void Execute()
        {
            try
            {
                action();
            }
            catch (JournalException exception)
            {
                LogBackgroundFailed(runtime._logger, exception);
            }
        }
    }
}
