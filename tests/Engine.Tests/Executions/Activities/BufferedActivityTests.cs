using AugmentedOS.Engine.Tests.Executions.Kit;
using Temporalio.Api.Enums.V1;
using static AugmentedOS.Engine.Tests.Executions.Activities.Workers;
using static AugmentedOS.Engine.Tests.Executions.Kit.Events;
using static AugmentedOS.Engine.Tests.Executions.Kit.Scenario;
using static AugmentedOS.Engine.Tests.Executions.Tasks.Answers;

namespace AugmentedOS.Engine.Tests.Executions.Activities;

public sealed class BufferedActivityTests
{
    private static Step[] RunningBehindAStartedTask =>
        [WorkflowIsIdle(), ActivityTaskScheduled(), Take(), WorkflowTaskScheduled(), WorkflowTaskStarted()];

    [Fact]
    public void Complete_WhenAWorkflowTaskIsStarted_WaitsInTheBuffer() =>
        Given(RunningBehindAStartedTask)
            .When(Succeed(Text("result")))
            .Then()
            .ThenBuffered(ActivityTaskStarted(a => a.ScheduledEventId = 5), ActivityTaskCompleted())
            .AndNoEffects()
            .AndState(state =>
            {
                Assert.Empty(state.Activities);
                Assert.Equal(8, state.NextEventId);
            });

    [Fact]
    public void Flush_WhenTheTaskCompletes_WiresTheEndToItsStart() =>
        Given([.. RunningBehindAStartedTask, Succeed(Text("result"))])
            .When(Complete(Marker()))
            .Then(
                WorkflowTaskCompleted(),
                MarkerRecorded(),
                ActivityTaskStarted(a => a.ScheduledEventId = 5),
                ActivityTaskCompleted(a =>
                {
                    a.ScheduledEventId = 5;
                    a.StartedEventId = 10;
                    a.Result = Text("result");
                }),
                WorkflowTaskScheduled());

    [Fact]
    public void Flush_WhenTheTaskFails_WritesThemBehindTheFailure() =>
        Given([.. RunningBehindAStartedTask, FailWith(Error("boom", info => info.NonRetryable = true))])
            .When(Fail())
            .Then(
                WorkflowTaskFailed(),
                ActivityTaskStarted(),
                ActivityTaskFailed(a => a.StartedEventId = 9),
                WorkflowTaskScheduled(a => a.Attempt = 1));

    [Fact]
    public void Flush_WhenTheTaskTimesOut_WritesThemBehindTheTimeout() =>
        Given([.. RunningBehindAStartedTask, Succeed()])
            .WhenElapsed(10.Seconds())
            .Then(
                WorkflowTaskTimedOut(),
                ActivityTaskStarted(),
                ActivityTaskCompleted(a => a.StartedEventId = 9),
                WorkflowTaskScheduled());

    [Fact]
    public void Flush_WhenTwoHaveEnded_WiresEachToItsOwnStart() =>
        Given(
                WorkflowIsIdle(),
                ActivityTaskScheduled(a => a.ActivityId = "a"),
                ActivityTaskScheduled(a => a.ActivityId = "b"),
                Take("a"),
                Take("b"),
                WorkflowTaskScheduled(),
                WorkflowTaskStarted(),
                Succeed(activityId: "b"),
                Succeed(activityId: "a"))
            .When(Complete())
            .Then(
                WorkflowTaskCompleted(),
                ActivityTaskStarted(a => a.ScheduledEventId = 6),
                ActivityTaskStarted(a => a.ScheduledEventId = 5),
                ActivityTaskCompleted(a =>
                {
                    a.ScheduledEventId = 6;
                    a.StartedEventId = 10;
                }),
                ActivityTaskCompleted(a =>
                {
                    a.ScheduledEventId = 5;
                    a.StartedEventId = 11;
                }),
                WorkflowTaskScheduled());

    [Fact]
    public void TimeOut_WhenUnstartedBehindAStartedTask_HasNoStart() =>
        Given(
                WorkflowIsIdle(),
                ActivityTaskScheduled(a => a.ScheduleToStartTimeout = 5.Seconds().ToProto()),
                WorkflowTaskScheduled(),
                WorkflowTaskStarted())
            .WhenElapsed(5.Seconds())
            .ThenBuffered(ActivityTaskTimedOut(a => a.RetryState = RetryState.Timeout))
            .When(Complete())
            .Then(WorkflowTaskCompleted(), ActivityTaskTimedOut(a => a.ScheduledEventId = 5), WorkflowTaskScheduled())
            .AndEvents(events => Assert.Equal(0, events[1].ActivityTaskTimedOutEventAttributes.StartedEventId));

    [Fact]
    public void Complete_WhenATransientTaskIsStarted_WaitsAsWell() =>
        Given(
                WorkflowTaskIsStarted(),
                Complete(Schedule()),
                Take(),
                WorkflowTaskScheduled(),
                WorkflowTaskStarted(),
                Fail(),
                Poll())
            .When(Succeed())
            .ThenBuffered(ActivityTaskStarted(), ActivityTaskCompleted())
            .When(Complete())
            .Then(
                WorkflowTaskScheduled(a => a.Attempt = 2),
                WorkflowTaskStarted(),
                WorkflowTaskCompleted(),
                ActivityTaskStarted(),
                ActivityTaskCompleted(a => a.StartedEventId = 12),
                WorkflowTaskScheduled());

    [Fact]
    public void Schedule_WhenTheOldOneEndsInTheBuffer_MayReuseItsId() =>
        Given([.. RunningBehindAStartedTask, Succeed()])
            .When(Complete(Schedule("activity")))
            .AndNotRejected()
            .AndState(state => Assert.Equal(9, state.ActivityIds["activity"]));
}
