using System.Collections.Concurrent;
using AugmentedOS.Engine.Executions;
using AugmentedOS.Engine.Executions.Inputs;
using AugmentedOS.Engine.Tests.Executions.Kit;
using CsCheck;
using Temporalio.Api.Command.V1;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.History.V1;
using Temporalio.Api.WorkflowService.V1;
using static AugmentedOS.Engine.Tests.Executions.Activities.Workers;
using static AugmentedOS.Engine.Tests.Executions.Kit.Events;
using static AugmentedOS.Engine.Tests.Executions.Kit.Scenario;
using static AugmentedOS.Engine.Tests.Executions.Tasks.Answers;

namespace AugmentedOS.Engine.Tests.Executions.Activities;

/// <summary>Whatever workers, completers and time do in whatever order: the kit checks after each step that the facts
/// fold to the state that was decided on and that the state's invariants hold.</summary>
public sealed class ActivityPropertyTests
{
    private static readonly string[] Ids = ["a", "b", "c"];
    private static readonly string[] Answered = ["complete", "fail", "cancel", "heartbeat"];

    private static readonly Gen<(int Choice, int Which, int Size)[]> Choices =
        Gen.Select(Gen.Int[0, 5039], Gen.Int[0, 2], Gen.Int[1, 4]).Array[1, 60];

    [Fact]
    public void Activities_WhateverHappens_FoldToTheStateThatWasDecidedAndEndOnce() =>
        Choices.Sample(choices => { Run(choices).AndHistory(HistoryIsSound); }, iter: 1_000);

    [Fact]
    public void Choices_AreMany_SoThatEveryKindOfEndIsSeen()
    {
        var seen = new ConcurrentDictionary<EventType, int>();
        Choices.Sample(choices => Run(choices).History.ToList().ForEach(e => seen.TryAdd(e.EventType, 1)), iter: 500);

        EventType[] ends =
        [
            EventType.ActivityTaskCompleted,
            EventType.ActivityTaskFailed,
            EventType.ActivityTaskTimedOut,
            EventType.ActivityTaskCanceled,
            EventType.WorkflowTaskFailed,
            EventType.WorkflowTaskTimedOut,
        ];
        Assert.Empty(ends.Except(seen.Keys));
    }

    private static Scenario Run((int Choice, int Which, int Size)[] choices)
    {
        var scenario = Given(WorkflowTaskIsStarted());
        foreach (var (choice, which, size) in choices)
        {
            var moves = Moves(scenario.State, Ids[which], size).ToList();
            moves[choice % moves.Count](scenario);
        }

        return scenario;
    }

    /// <summary>What can happen now; some of it is refused.</summary>
    private static IEnumerable<Action<Scenario>> Moves(RunState state, string id, int size)
    {
        var moves = state.Task switch
        {
            null => [],
            { IsStarted: false } => [s => s.When(Poll())],
            _ => WorkflowTaskMoves(state, id, size),
        };
        return moves
            .Concat(state.ActivityIds.ContainsKey(id) ? ActivityMoves(id, size) : [])
            .Append(s => s.When(AnswerTo(Answered[size - 1], Key, new ActivityTarget.ById(id))))
            .Append(s => s.When(AnswerTo(Answered[size - 1], Key, new ActivityTarget.ByToken(size + 4, 1, s.Now))))
            .Append(s => s.WhenElapsed((size * size).Seconds()));
    }

    private static IEnumerable<Action<Scenario>> WorkflowTaskMoves(RunState state, string id, int size)
    {
        if (state.ActivityIds.TryGetValue(id, out var scheduledEventId))
        {
            yield return s => s.When(Complete(RequestCancel(scheduledEventId)));
        }
        else
        {
            yield return s => s.When(Complete(Schedule(id, a => Configure(a, size)))).AndNotRejected();
            yield return s => s.When(Complete(Continue, Schedule(id, a => Configure(a, size)))).AndNotRejected();
        }

        yield return s => s.When(Complete(Continue)).AndNotRejected();
        yield return s => s.When(Fail()).AndNotRejected();
    }

    private static IEnumerable<Action<Scenario>> ActivityMoves(string id, int size)
    {
        yield return s => s.When(Take(id)).AndNotRejected();
        yield return s => s.When(Take(id)).AndNotRejected();
        yield return s => s.When(Beat(Text($"at {size}"), id));
        yield return s => s.When(Succeed(Text("result"), id));
        yield return s => s.When(Stop(activityId: id));
        yield return s =>
            s.When(FailWith(Error("boom", info => info.NonRetryable = size == 4), Text($"at {size}"), id));
    }

    private static void Continue(RespondWorkflowTaskCompletedRequest request) =>
        request.ForceCreateNewWorkflowTask = true;

    private static void Configure(ScheduleActivityTaskCommandAttributes attributes, int size)
    {
        attributes.RequestEagerExecution = size == 1;
        attributes.StartToCloseTimeout = (3 * size).Seconds().ToProto();
        attributes.HeartbeatTimeout = size.Seconds().ToProto();
        attributes.ScheduleToCloseTimeout = size == 2 ? 20.Seconds().ToProto() : null;
        attributes.ScheduleToStartTimeout = size == 3 ? 5.Seconds().ToProto() : null;
        attributes.RetryPolicy = new RetryPolicy { MaximumAttempts = size == 4 ? 0 : 3 };
    }

    private static void HistoryIsSound(IReadOnlyList<HistoryEvent> history)
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
