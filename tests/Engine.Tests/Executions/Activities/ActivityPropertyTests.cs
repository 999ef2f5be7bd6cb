using AugmentedOS.Engine.Executions.Inputs;
using AugmentedOS.Engine.Tests.Executions.Kit;
using CsCheck;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;
using static AugmentedOS.Engine.Tests.Executions.Activities.Workers;
using static AugmentedOS.Engine.Tests.Executions.Kit.Events;
using static AugmentedOS.Engine.Tests.Executions.Kit.Scenario;
using static AugmentedOS.Engine.Tests.Executions.Tasks.Answers;

namespace AugmentedOS.Engine.Tests.Executions.Activities;

/// <summary>Whatever workers, completers and time do in whatever order: the kit checks after each step that the facts
/// fold to the state that was decided on and that the state's invariants hold.</summary>
public sealed class ActivityPropertyTests
{
    private const int Moves = 14;
    private static readonly string[] Ids = ["a", "b", "c"];
    private static readonly string[] Answered = ["complete", "fail", "cancel", "heartbeat"];

    [Fact]
    public void Activities_WhateverHappens_FoldToTheStateThatWasDecided() =>
        Gen.Select(Gen.Int[0, Moves - 1], Gen.Int[0, 2], Gen.Int[1, 4]).Array[1, 60]
            .Sample(moves => Run(moves), iter: 2_000);

    [Fact]
    public void Activities_WhateverHappens_EndOnceAndAfterTheirStart() =>
        Gen.Select(Gen.Int[0, Moves - 1], Gen.Int[0, 2], Gen.Int[1, 4]).Array[1, 60]
            .Sample(moves => CheckHistory(Run(moves).History), iter: 1_000);

    private static Scenario Run((int Move, int Which, int Size)[] moves)
    {
        var scenario = Given(WorkflowTaskIsStarted());
        foreach (var (move, which, size) in moves)
        {
            Make(scenario, move, Ids[which], size);
        }

        return scenario;
    }

    private static void Make(Scenario scenario, int move, string id, int size)
    {
        var state = scenario.State;
        var pending = state.ActivityIds.ContainsKey(id);
        switch (move)
        {
            case 0 when state.Task is { IsStarted: true } && !pending:
                scenario.When(Complete(Schedule(id, a => Configure(a, size)))).AndNotRejected();
                break;
            case 1 when state.Task is { IsStarted: true } && pending:
                scenario.When(Complete(RequestCancel(state.ActivityIds[id])));
                break;
            case 2 when state.Task is { IsStarted: true }:
                scenario.When(Complete(r => r.ForceCreateNewWorkflowTask = size > 2));
                break;
            case 3 when state.Task is { IsStarted: true }:
                scenario.When(Tasks.Answers.Fail());
                break;
            case 4 when state.Task is { IsStarted: false }:
                scenario.When(Poll());
                break;
            case 5 when pending:
                scenario.When(Take(id));
                break;
            case 6 when pending:
                scenario.When(Succeed(Text("result"), id));
                break;
            case 7 when pending:
                scenario.When(FailWith(Error("boom", info => info.NonRetryable = size == 4), Text($"at {size}"), id));
                break;
            case 8 when pending:
                scenario.When(Stop(activityId: id));
                break;
            case 9 when pending:
                scenario.When(Beat(Text($"at {size}"), id));
                break;
            case 10:
                scenario.When(AnswerTo(Answered[size - 1], Key, new ActivityTarget.ById(id)));
                break;
            case 11:
                scenario.When(AnswerTo(Answered[size - 1], Key, new ActivityTarget.ByToken(size + 4, 1, scenario.Now)));
                break;
            default:
                scenario.WhenElapsed((size * size).Seconds());
                break;
        }
    }

    private static void Configure(Temporalio.Api.Command.V1.ScheduleActivityTaskCommandAttributes attributes, int size)
    {
        attributes.RequestEagerExecution = size == 1;
        attributes.StartToCloseTimeout = (3 * size).Seconds().ToProto();
        attributes.HeartbeatTimeout = size.Seconds().ToProto();
        attributes.ScheduleToCloseTimeout = size == 2 ? 20.Seconds().ToProto() : null;
        attributes.ScheduleToStartTimeout = size == 3 ? 5.Seconds().ToProto() : null;
        attributes.RetryPolicy = new RetryPolicy { MaximumAttempts = size == 4 ? 0 : 3 };
    }

    private static void CheckHistory(IReadOnlyList<Temporalio.Api.History.V1.HistoryEvent> history)
    {
        var open = new HashSet<long>();
        var started = new Dictionary<long, long>();
        foreach (var happened in history)
        {
            switch (happened.EventType)
            {
                case EventType.ActivityTaskScheduled:
                    open.Add(happened.EventId);
                    break;
                case EventType.ActivityTaskStarted:
                    started.Add(happened.ActivityTaskStartedEventAttributes.ScheduledEventId, happened.EventId);
                    break;
                case EventType.ActivityTaskCompleted:
                    var completed = happened.ActivityTaskCompletedEventAttributes;
                    Close(completed.ScheduledEventId, completed.StartedEventId);
                    break;
                case EventType.ActivityTaskFailed:
                    var failed = happened.ActivityTaskFailedEventAttributes;
                    Close(failed.ScheduledEventId, failed.StartedEventId);
                    break;
                case EventType.ActivityTaskTimedOut:
                    var timedOut = happened.ActivityTaskTimedOutEventAttributes;
                    Close(timedOut.ScheduledEventId, timedOut.StartedEventId);
                    break;
                case EventType.ActivityTaskCanceled:
                    var canceled = happened.ActivityTaskCanceledEventAttributes;
                    Close(canceled.ScheduledEventId, canceled.StartedEventId);
                    break;
            }
        }

        void Close(long scheduledEventId, long startedEventId)
        {
            Assert.True(open.Remove(scheduledEventId), $"{scheduledEventId} ended twice or was never scheduled");
            Assert.Equal(started.GetValueOrDefault(scheduledEventId), startedEventId);
        }
    }
}
