using AugmentedOS.Engine.Entities;
using AugmentedOS.Engine.Executions.Inputs;
using AugmentedOS.Engine.Schedules;
using AugmentedOS.Engine.Storage.Codecs;
using Microsoft.Extensions.Time.Testing;

namespace AugmentedOS.Engine.Tests.Simulation;

/// <summary>
/// An engine, its clients and workers, the clock and the disk, all in one thread and all driven by one seed. First
/// everything happens that may: crashes, a full disk, workers that forget. Then all are on their best behaviour, and
/// whatever was begun must come to its end.
/// </summary>
internal sealed class SimulatedWorld : IDisposable
{
    private const int UnrulySteps = 400;
    private const int MaxObedientSteps = 4000;
    private readonly Random _random;
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
    private readonly CriticalLog _log = new();
    private readonly ScriptedClient _client;
    private readonly ScriptedSchedules _schedules;
    private readonly ScriptedBatches _batches;
    private readonly ScriptedNexus _nexus;
    private readonly ScriptedDeployments _deployments;
    private readonly ScriptedActivities _activities;
    private readonly List<ScriptedWorker> _workers;
    private Incarnation _life;
    private bool _isObedient;
    private bool _diskIsFull;

    public SimulatedWorld(int seed)
    {
        _random = new Random(seed);
        var commands = new ScriptedCommands(_random);
        _client = new ScriptedClient(_random, Acknowledged);
        _schedules = new ScriptedSchedules(_random, Acknowledged);
        _batches = new ScriptedBatches(_random, Acknowledged);
        _nexus = new ScriptedNexus(_random, Acknowledged);
        _deployments = new ScriptedDeployments(_random);
        _activities = new ScriptedActivities(_random, Acknowledged);
        _workers =
        [
            NewWorker("first", null),
            NewWorker("second", null),
            .. ScriptedDeployments.Versions.Select(version => NewWorker(version.BuildId, version)),
        ];
        ScriptedWorker NewWorker(string name, DeploymentVersion? version) =>
            new(name, _random, commands, _nexus, _deployments, Acknowledged, version);
        _life = Begin();
    }

    public SimulatedDisk Disk { get; } = new();

    public Acknowledged Acknowledged { get; } = new();

    /// <summary>Steps that it took, and what the disk then held, so that two runs of one seed can be compared.</summary>
    public string Digest { get; private set; } = "";

    public int Crashes { get; private set; }

    public void Run()
    {
        for (var step = 0; step < UnrulySteps; step++)
        {
            Guarded(Unruly);
        }

        (_isObedient, _diskIsFull) = (true, false);
        var steps = 0;
        while (!IsAtRest())
        {
            Assert.True(++steps < MaxObedientSteps, $"It does not come to rest: {Checks.Open(Disk)}");
            Guarded(Obedient);
        }

        Checks.All(this, LiveState);
        ScheduleChecks.All(Disk, Acknowledged, LiveSchedule);
        BatchOutcomes.Check(Disk, Acknowledged);
        NexusChecks.All(Disk, Acknowledged);
        VersionChecks.All(Disk, _life.Engine.Versions);
        Digest = $"{steps} {Disk.Commits} {string.Join(",", Disk.Runs.Values.Select(run => run.Rows.Count))}";
    }

    public void Dispose()
    {
        _life.Dispose();
        _log.Dispose();
    }

    private void Unruly()
    {
        ScriptedNexus.EnsureEndpoint(_life.Engine);
        switch (_random.Next(22))
        {
            case < 4:
                _client.Act(_life.Engine);
                break;
            case < 7:
                AnyWorker().Poll(_life.Engine);
                break;
            case < 11:
                AnyWorker().Work(_life.Engine, obedient: false);
                break;
            case 11:
                AnyWorker().CancelSomePoll(_life.Engine);
                break;
            case 12 or 13:
                _time.Advance(TimeSpan.FromMilliseconds(_random.Next(1, _random.Next(6) == 0 ? 20_000 : 300)));
                break;
            case 14 when _random.Next(3) == 0:
                _diskIsFull = !_diskIsFull;
                break;
            case 15 when _random.Next(8) == 0:
                _life.Journal.Crash();
                throw new SimulatedCrash();
            case 16 when _random.Next(2) == 0:
                _schedules.Act(_life.Engine);
                break;
            case 17 when _random.Next(8) == 0:
                AnyWorker().Forget();
                break;
            case 17 when _random.Next(4) == 0:
                _deployments.Act(_life.Engine);
                break;
            case 18 when _random.Next(3) == 0:
                _batches.Act(_life.Engine);
                break;
            case 19 when _random.Next(2) == 0:
                _nexus.CompleteSome(_life.Engine);
                break;
            case 20:
                _activities.Act(_life.Engine);
                break;
            default:
                Run(_random.Next(1, 40));
                break;
        }
    }

    private void Obedient()
    {
        foreach (var worker in _workers)
        {
            worker.Poll(_life.Engine);
        }

        Run(100);
        foreach (var worker in _workers)
        {
            while (worker.HoldsTasks)
            {
                worker.Work(_life.Engine, obedient: true);
            }
        }

        Run(100);
        if (_life.Scheduler.IsIdle)
        {
            _schedules.PauseAll(_life.Engine, Disk);
            foreach (var run in Disk.Runs.Values.Where(run => run.ClosedAt is null && run.Load().State.IsPaused))
            {
                ScriptedClient.Unpause(_life.Engine, run.Key.Workflow);
            }

            foreach (var run in Disk.Runs.Values.Where(HasPausedActivity))
            {
                UnpauseActivities(run);
            }

            // A workflow that waits for nothing but the world hears from it.
            foreach (var run in Disk.Runs.Values.Where(run => run.ClosedAt is null && !run.IsHot && !run.Load().State.IsStandalone))
            {
                _client.Signal(_life.Engine, run.Key.Workflow);
            }

            _time.Advance(TimeSpan.FromSeconds(_random.Next(1, 30)));
        }
    }

    private void UnpauseActivities(SimulatedRun run)
    {
        if (run.Load().State.IsStandalone)
        {
            _activities.Unpause(_life.Engine, run.Key);
        }
        else
        {
            _life.Engine.Executions.Submit(ScriptedClient.UnpauseActivities(run.Key.Workflow), _ => { });
        }
    }

    private void Run(int steps)
    {
        for (var step = 0; step < steps && _life.Scheduler.Step(); step++)
        {
            Assert.True(_log.Defect is null, _log.Defect?.ToString());
        }
    }

    private void Guarded(Action action)
    {
        try
        {
            action();
        }
        catch (SimulatedCrash)
        {
            Crashes++;
            _life.Dispose();
            _workers.ForEach(worker => worker.Forget());
            Acknowledged.Updates.ForgetWaiting();
            _life = Begin();
        }
    }

    /// <summary>Starts the engine, which may crash while it still comes up, until it is there.</summary>
    private Incarnation Begin()
    {
        while (true)
        {
            try
            {
                var life = new Incarnation(Disk, _time, _random, _log, _ => NextFault());
                _deployments.Connect(life.Deployments);
                return life;
            }
            catch (SimulatedCrash)
            {
                Crashes++;
            }
        }
    }

    private CommitFault NextFault()
    {
        if (_isObedient)
        {
            return CommitFault.None;
        }

        if (_diskIsFull)
        {
            return CommitFault.Refused;
        }

        return _random.Next(60) switch
        {
            0 => CommitFault.Refused,
            1 => CommitFault.CrashBefore,
            2 => CommitFault.CrashAfter,
            _ => CommitFault.None,
        };
    }

    private bool IsAtRest() => _life.Scheduler.IsIdle
        && Disk.Runs.Values.All(run => run.ClosedAt is not null && !run.IsHot)
        && ScriptedSchedules.IsAtRest(Disk)
        && ScriptedBatches.IsAtRest(Disk);

    private static bool HasPausedActivity(SimulatedRun run) =>
        run.ClosedAt is null && run.Load().State.Activities.Values.Any(activity => activity.Pause is not null);

    private ScriptedWorker AnyWorker() => _workers[_random.Next(_workers.Count)];

    /// <summary>A schedule's bytes as the running engine has it.</summary>
    private byte[] LiveSchedule(ScheduleState schedule)
    {
        byte[] live = [];
        _life.Engine.Schedules.Host.Submit(
            new ReadEntity<ScheduleState>(schedule.Key, static (state, _) => state, ScheduleRejections.NotFound),
            outcome =>
            {
                var sink = ByteSink.OfThisThread();
                ScheduleCodec.Encode((ScheduleState)outcome.Reply!, sink);
                live = sink.Detach();
            });
        Run(100);
        return live;
    }

    /// <summary>The state as the running engine has it.</summary>
    private AugmentedOS.Engine.Executions.RunState LiveState(RunKey run)
    {
        AugmentedOS.Engine.Executions.RunState? live = null;
        _life.Engine.Executions.Submit(
            new Inspect(run.Workflow, run.Run, state => state),
            outcome => live = (AugmentedOS.Engine.Executions.RunState?)outcome.Reply);
        Run(100);
        return live ?? throw new Xunit.Sdk.XunitException($"{run} is durable and the engine does not know it.");
    }
}
