using AugmentedOS.Engine.Entities;
using AugmentedOS.Engine.Runtime;
using AugmentedOS.Engine.Schedules;
using AugmentedOS.Engine.Schedules.Inputs;
using AugmentedOS.Engine.Schedules.Spec;
using AugmentedOS.Engine.Tests.Executions.Kit;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.Schedule.V1;
using Temporalio.Api.TaskQueue.V1;
using Temporalio.Api.WorkflowService.V1;
using ScheduleState = AugmentedOS.Engine.Schedules.ScheduleState;

namespace AugmentedOS.Engine.Tests.Simulation;

/// <summary>Clients that create, change, trigger, backfill and delete a few schedules, with retries.</summary>
internal sealed class ScriptedSchedules(Random random, Acknowledged acknowledged)
{
    private const int Ids = 2;
    private readonly Dictionary<EntityKey, int> _deletions = [];
    private int _requests;

    public void Act(EngineParts engine)
    {
        var key = new EntityKey(EntityKind.Schedule, FixedNamespaces.Default.Id, $"schedule-{random.Next(Ids)}");
        switch (random.Next(12))
        {
            case 0 or 1 or 2:
                Create(engine, key);
                break;
            case 3 or 4 or 5 or 6:
                Patch(engine, key, SomePatch(engine));
                break;
            case 7 or 8:
                Update(engine, key);
                break;
            case 9 when random.Next(3) == 0:
                acknowledged.Schedules.Remove(key);
                _deletions[key] = _deletions.GetValueOrDefault(key) + 1;
                engine.Schedules.Host.Submit(new DeleteSchedule(key), static _ => { });
                break;
            default:
                engine.Schedules.Host.Submit(
                    new ReadEntity<ScheduleState>(key, static (state, _) => state, ScheduleRejections.NotFound),
                    static _ => { });
                break;
        }
    }

    /// <summary>Pauses whatever still acts by itself, so that the world comes to rest.</summary>
    public void PauseAll(EngineParts engine, SimulatedDisk disk)
    {
        foreach (var schedule in StatesOf(disk).Where(schedule => !schedule.IsPaused))
        {
            Patch(engine, schedule.Key, new SchedulePatch { Pause = "enough" });
        }
    }

    public static bool IsAtRest(SimulatedDisk disk) => !StatesOf(disk).Any(IsBusy);

    public static bool IsBusy(ScheduleState schedule) =>
        !schedule.IsPaused || !schedule.Buffer.IsEmpty || !schedule.Backfills.IsEmpty
        || schedule.Actions.Any(action => action.IsRunning);

    public static IEnumerable<ScheduleState> StatesOf(SimulatedDisk disk) =>
        disk.Entities.Values.Where(stored => stored.Key.Kind == EntityKind.Schedule).Select(stored =>
        {
            var source = new AugmentedOS.Engine.Storage.Codecs.ByteSource(stored.State.Span);
            return ScheduleCodec.Decode(stored.Key, ref source);
        });

    private void Create(EngineParts engine, EntityKey key)
    {
        var request = new CreateScheduleRequest
        {
            ScheduleId = key.Id,
            Schedule = SomeSchedule(key),
            InitialPatch = random.Next(3) == 0 ? SomePatch(engine) : null,
            RequestId = $"schedule-{_requests++}",
        };
        var deletions = _deletions.GetValueOrDefault(key);
        for (var sent = 0; sent <= random.Next(2); sent++)
        {
            engine.Schedules.Host.Submit(new CreateSchedule(key, request, SpecOf(request.Schedule), new SearchAttributes()), outcome =>
            {
                // What somebody has wanted deleted since may be gone.
                if (!outcome.IsRejected && deletions == _deletions.GetValueOrDefault(key))
                {
                    acknowledged.Schedules.Add(key);
                }
            });
        }
    }

    private void Update(EngineParts engine, EntityKey key)
    {
        var request = new UpdateScheduleRequest
        {
            ScheduleId = key.Id,
            Schedule = SomeSchedule(key),
            RequestId = $"schedule-{_requests++}",
        };
        engine.Schedules.Host.Submit(new UpdateSchedule(key, request, SpecOf(request.Schedule), null), static _ => { });
    }

    private void Patch(EngineParts engine, EntityKey key, SchedulePatch patch)
    {
        var request = new PatchScheduleRequest { ScheduleId = key.Id, Patch = patch, RequestId = $"schedule-{_requests++}" };
        for (var sent = 0; sent <= random.Next(2); sent++)
        {
            engine.Schedules.Host.Submit(new PatchSchedule(key, request), static _ => { });
        }
    }

    private SchedulePatch SomePatch(EngineParts engine)
    {
        var now = engine.Entities.Services.Time.GetUtcNow();
        return random.Next(5) switch
        {
            0 => new SchedulePatch { Pause = "p" },
            1 => new SchedulePatch { Unpause = "u" },
            2 => new SchedulePatch
            {
                BackfillRequest =
                {
                    new BackfillRequest
                    {
                        StartTime = Instant.From(now - TimeSpan.FromSeconds(random.Next(200, 400))).ToTimestamp(),
                        EndTime = Instant.From(now - TimeSpan.FromSeconds(190)).ToTimestamp(),
                        OverlapPolicy = SomePolicy(),
                    },
                },
            },
            _ => new SchedulePatch
            {
                TriggerImmediately = new TriggerImmediatelyRequest { OverlapPolicy = SomePolicy() },
            },
        };
    }

    private Schedule SomeSchedule(EntityKey key) => new()
    {
        Spec = new ScheduleSpec
        {
            Interval = { new IntervalSpec { Interval = random.Next(5, 60).Seconds().ToProto() } },
            Jitter = random.Next(3) == 0 ? random.Next(1, 10).Seconds().ToProto() : null,
        },
        Action = new ScheduleAction
        {
            StartWorkflow = new()
            {
                WorkflowId = key.Id,
                WorkflowType = new WorkflowType { Name = "Scripted" },
                TaskQueue = new TaskQueue { Name = ScriptedWorker.Queue, Kind = TaskQueueKind.Normal },
                RetryPolicy = random.Next(4) == 0 ? new RetryPolicy { MaximumAttempts = 2 } : null,
                WorkflowRunTimeout = random.Next(4) == 0 ? 100.Seconds().ToProto() : null,
            },
        },
        Policies = new SchedulePolicies
        {
            OverlapPolicy = SomePolicy(),
            PauseOnFailure = random.Next(4) == 0,
            CatchupWindow = random.Next(3) == 0 ? 10.Seconds().ToProto() : null,
        },
        State = new()
        {
            Paused = random.Next(4) == 0,
            LimitedActions = random.Next(3) == 0,
            RemainingActions = random.Next(4),
        },
    };

    private ScheduleOverlapPolicy SomePolicy() => (ScheduleOverlapPolicy)random.Next(7);

    private static CompiledSpec SpecOf(Schedule schedule)
    {
        Assert.True(CompiledSpec.Compile(schedule.Spec).TryGet(out var spec, out _));
        return spec;
    }
}
