using AugmentedOS.Engine.Executions;
using AugmentedOS.Engine.Executions.Facts;
using AugmentedOS.Engine.Executions.Folding;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.Failure.V1;

namespace AugmentedOS.Engine.Tests.Storage.Codecs;

/// <summary>
/// A run to which things happen as a list of numbers says; what cannot happen in a state is passed over.
/// </summary>
internal sealed class RandomRun
{
    private static readonly RunKey Key =
        new(new WorkflowKey(TestIds.Namespace, "random"), new RunId(new Guid(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11)));

    private Instant _now = Given.Noon;

    public RunState State { get; private set; } = Fold.Transition(null, Key, [Given.Started()]);

    /// <summary>The facts of each transition but the first.</summary>
    public List<Fact[]> Transitions { get; } = [];

    public static RunState Refold(IEnumerable<IEnumerable<Fact>> transitions) =>
        transitions.Aggregate(
            Fold.Transition(null, Key, [Given.Started()]), (state, facts) => Fold.Transition(state, Key, facts));

    public void Take(int choice)
    {
        _now += TimeSpan.FromMilliseconds(choice);
        Fact[] facts = [.. Facts(choice)];
        if (facts.Length > 0)
        {
            State = Fold.Transition(State, Key, facts);
            Transitions.Add(facts);
        }
    }

    private IEnumerable<Fact> Facts(int choice)
    {
        var next = State.NextEventId;
        var activity = State.Activities.Values.OrderBy(a => a.ScheduledEventId).ElementAtOrDefault(choice / 16);
        var timer = State.Timers.Values.OrderBy(t => t.StartedEventId).ElementAtOrDefault(choice / 16);
        return (choice % 16) switch
        {
            0 => [Given.Signaled(next, choice)],
            1 => [new EventBuffered(Given.Event(0, EventType.WorkflowExecutionSignaled, e =>
                e.WorkflowExecutionSignaledEventAttributes = new() { RequestId = $"r{next}-{choice}" }))],
            2 when State.Task is null => [Given.TaskScheduled(next)],
            3 when State.Task is { IsStarted: false } => [Given.TaskStarted(next)],
            4 when State.Task is { IsStarted: true } => [Given.TaskCompleted(next)],
            5 => [Given.ActivityScheduled(next, $"a{next}"), Given.ActivityScheduled(next + 1, $"a{next + 1}")],
            6 when activity is { IsStarted: false } =>
                [new ActivityAttemptStarted(activity.ScheduledEventId, _now, "worker", $"poll-{choice}")],
            7 when activity is not null =>
                [new ActivityHeartbeatRecorded(activity.ScheduledEventId, _now, Details(choice))],
            8 when activity is { IsStarted: true } => [new ActivityRetryScheduled(
                activity.ScheduledEventId, activity.Attempt + 1, _now, _now + TimeSpan.FromSeconds(choice),
                new Failure { Message = $"failure {choice}" })],
            9 when activity is { WaitsForRetry: true } => [new ActivityBackoffElapsed(activity.ScheduledEventId)],
            10 when activity is not null => [Given.Recorded(next, EventType.ActivityTaskCompleted, e =>
                e.ActivityTaskCompletedEventAttributes = new() { ScheduledEventId = activity.ScheduledEventId })],
            11 => [Given.TimerStarted(next, $"t{next}", TimeSpan.FromSeconds(choice))],
            12 when timer is not null => [Given.Recorded(next, EventType.TimerFired, e =>
                e.TimerFiredEventAttributes = new() { TimerId = timer.TimerId })],
            13 => [new StickyQueueSet($"sticky-{choice}", TimeSpan.FromSeconds(5))],
            14 => [new StickyQueueCleared()],
            15 when State.Task is null => [new TransientTaskScheduled(2, _now, TimeSpan.FromSeconds(10))],
            _ => [],
        };
    }

    private static Payloads Details(int choice) => new()
    {
        Payloads_ = { new Payload { Data = Google.Protobuf.ByteString.CopyFromUtf8(new string('x', choice)) } },
    };
}
