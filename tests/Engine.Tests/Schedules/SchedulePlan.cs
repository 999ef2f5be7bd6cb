using AugmentedOS.Engine.Entities;
using AugmentedOS.Engine.Executions;
using AugmentedOS.Engine.Schedules;
using AugmentedOS.Engine.Schedules.Acting;
using AugmentedOS.Engine.Schedules.Inputs;
using AugmentedOS.Engine.Schedules.Spec;
using AugmentedOS.Engine.Storage.Codecs;
using AugmentedOS.Engine.Tests.Executions.Kit;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.Failure.V1;
using Temporalio.Api.Schedule.V1;
using Temporalio.Api.WorkflowService.V1;
using ScheduleState = AugmentedOS.Engine.Schedules.ScheduleState;

namespace AugmentedOS.Engine.Tests.Schedules;

/// <summary>One schedule without an engine: a test says what happens to it and when, and sees what it wants done. After
/// each input its bytes must read back to the same bytes.</summary>
internal sealed class SchedulePlan
{
    private readonly SequentialIds _ids = new();
    private int _lastRequest;

    public static Instant Noon { get; } = Instant.From(new DateTimeOffset(2026, 1, 1, 12, 0, 0, TimeSpan.Zero));

    public static EntityKey Key { get; } = new(EntityKind.Schedule, FixedNamespaces.Default.Id, "plan");

    public ScheduleState? State { get; private set; }

    public ScheduleState Now => State ?? throw new Xunit.Sdk.XunitException("The schedule is gone.");

    public Instant Time { get; set; } = Noon;

    public EntityDecision<ScheduleState> Last { get; private set; } = null!;

    /// <summary>What the last input wants done.</summary>
    public List<EntityEffect> Effects { get; private set; } = [];

    public IEnumerable<string> Started => Effects.OfType<StartAction>()
        .Select(effect => ActionRequests.WorkflowId(effect.Schedule, effect.Start)["wf-".Length..]);

    /// <summary>Every hour, on the hour, from a minute after noon on.</summary>
    public static SchedulePlan Hourly(ScheduleOverlapPolicy overlap = default, Action<Schedule>? configure = null)
    {
        var plan = new SchedulePlan { Time = Noon + 1.Minutes() };
        plan.Create(schedule =>
        {
            schedule.Policies = new SchedulePolicies { OverlapPolicy = overlap };
            configure?.Invoke(schedule);
        });
        return plan;
    }

    public static Schedule NewSchedule() => new()
    {
        Spec = new ScheduleSpec { Interval = { new IntervalSpec { Interval = 1.Hours().ToProto() } } },
        Action = new ScheduleAction
        {
            StartWorkflow = new()
            {
                WorkflowId = "wf",
                WorkflowType = new WorkflowType { Name = "Report" },
                TaskQueue = new() { Name = "queue" },
            },
        },
    };

    public SchedulePlan Create(Action<Schedule>? configure = null, SchedulePatch? patch = null, string requestId = "create")
    {
        var request = new CreateScheduleRequest
        {
            ScheduleId = Key.Id,
            Schedule = NewSchedule(),
            InitialPatch = patch,
            RequestId = requestId,
        };
        configure?.Invoke(request.Schedule);
        CompiledSpec.Compile(request.Schedule.Spec).TryGet(out var spec, out _);
        return Send(new CreateSchedule(Key, request, spec!, new SearchAttributes()));
    }

    public SchedulePlan Update(
        Action<Schedule>? configure = null, Action<UpdateScheduleRequest>? request = null, SearchAttributes? attributes = null)
    {
        var sent = new UpdateScheduleRequest
        {
            ScheduleId = Key.Id,
            Schedule = NewSchedule(),
            RequestId = $"request-{++_lastRequest}",
        };
        configure?.Invoke(sent.Schedule);
        request?.Invoke(sent);
        CompiledSpec.Compile(sent.Schedule.Spec).TryGet(out var spec, out _);
        return Send(new UpdateSchedule(Key, sent, spec!, attributes));
    }

    public SchedulePlan Patch(SchedulePatch patch, string? requestId = null) => Send(new PatchSchedule(
        Key,
        new PatchScheduleRequest
        {
            ScheduleId = Key.Id,
            Patch = patch,
            RequestId = requestId ?? $"request-{++_lastRequest}",
        }));

    public SchedulePlan Trigger(ScheduleOverlapPolicy overlap = default) =>
        Patch(new SchedulePatch { TriggerImmediately = new TriggerImmediatelyRequest { OverlapPolicy = overlap } });

    public SchedulePlan Backfill(Instant start, Instant end, ScheduleOverlapPolicy overlap) => Patch(new SchedulePatch
    {
        BackfillRequest =
        {
            new BackfillRequest { StartTime = start.ToTimestamp(), EndTime = end.ToTimestamp(), OverlapPolicy = overlap },
        },
    });

    /// <summary>The time has come that the schedule waits for.</summary>
    public SchedulePlan Wake()
    {
        Time = Now.WakeAt is { } at && at > Time ? at : Time;
        return Send(new WakeSchedule(Key));
    }

    public SchedulePlan WakeAt(Instant time)
    {
        Time = time;
        return Send(new WakeSchedule(Key));
    }

    /// <summary>All that the last input wanted started has started.</summary>
    public SchedulePlan StartAll()
    {
        foreach (var start in Effects.OfType<StartAction>().ToList())
        {
            Send(new RecordActionStarted(
                Key,
                Now.Incarnation,
                start.Start.Sequence,
                ActionRequests.WorkflowId(start.Schedule, start.Start),
                new RunId(SequentialIds.Nth((int)start.Start.Sequence)),
                Time));
        }

        return this;
    }

    public SchedulePlan FailStarts(bool mayHelp)
    {
        foreach (var start in Effects.OfType<StartAction>().ToList())
        {
            Send(new RecordActionNotStarted(Key, Now.Incarnation, start.Start.Sequence, mayHelp));
        }

        return this;
    }

    /// <summary>The oldest running action has ended.</summary>
    public SchedulePlan Close(
        WorkflowExecutionStatus status = WorkflowExecutionStatus.Completed, Payloads? result = null, string? failure = null)
    {
        var running = Now.Actions.First(action => action.IsRunning);
        var closed = new ClosedChain(status, result, failure is null ? null : new Failure { Message = failure });
        return Send(new RecordActionClosed(Key, Now.Incarnation, running.Sequence, closed));
    }

    public SchedulePlan Send(EntityInput<ScheduleState> input)
    {
        var context = new DecisionContext(Time, _ids, EngineLimits.Default, new FixedNamespaces());
        var before = State;
        Last = input.Decide(before, new EntityContext<ScheduleState>(context, new Dictionary<EntityKey, ScheduleState>()));
        State = Last.Deletes ? null : Last.After ?? before;
        Effects = Last.After is { } after ? [.. ActionEffects.After(before, after)] : [];
        if (Last.After is not null)
        {
            CheckBytes(Now);
        }

        return this;
    }

    private static void CheckBytes(ScheduleState state)
    {
        var bytes = Encode(state);
        var source = new ByteSource(bytes);
        var again = ScheduleCodec.Decode(state.Key, ref source);
        Assert.Equal(bytes, Encode(again));
        Assert.Equal(state.Next, again.Next);
        Assert.True(source.IsAtEnd);
    }

    private static byte[] Encode(ScheduleState state)
    {
        var sink = ByteSink.OfThisThread();
        ScheduleCodec.Encode(state, sink);
        return sink.Detach();
    }
}
