using AugmentedOS.Engine.Executions;
using AugmentedOS.Engine.Executions.Facts;
using AugmentedOS.Engine.Executions.Inputs;
using Temporalio.Api.Enums.V1;
using static AugmentedOS.Engine.Tests.Executions.Kit.Events;
using static AugmentedOS.Engine.Tests.Executions.Kit.Scenario;

namespace AugmentedOS.Engine.Tests.Executions.Kit;

/// <summary>The kit itself: a test that cannot fail proves nothing.</summary>
public sealed class ScenarioTests
{
    [Fact]
    public void Given_WhenReferencesAreLeftOut_FillsThemIn() =>
        Given(WorkflowIsIdle(), ActivityTaskScheduled(a => a.ActivityId = "a"), TimerStarted(a => a.TimerId = "t"))
            .AndState(state =>
            {
                Assert.Equal(7, state.NextEventId);
                Assert.Equal(3, state.PreviousStartedEventId);
                Assert.Equal(5, state.ActivityIds["a"]);
                Assert.Equal(4, state.Activities[5].Attributes.WorkflowTaskCompletedEventId);
            });

    [Fact]
    public void Then_WhenTheEventsAreTheExpectedOnes_ComparesWhatIsStated() =>
        Given(WorkflowIsIdle(), TimerStarted(a => a.TimerId = "t"))
            .WhenDrafted(draft => draft.Record(EventType.TimerFired, e => e.TimerFiredEventAttributes = new()
            {
                TimerId = "t",
                StartedEventId = 5,
            }))
            .Then(TimerFired(a => a.TimerId = "t"))
            .AndNothingElse()
            .AndNoEffects();

    [Fact]
    public void Then_WhenAnAttributeDiffers_FailsAndPrintsTheHistory()
    {
        var scenario = Given(WorkflowIsIdle())
            .WhenDrafted(draft => draft.Record(EventType.TimerStarted, e => e.TimerStartedEventAttributes = new()
            {
                TimerId = "t",
            }));

        var failure = Assert.ThrowsAny<Exception>(() => scenario.Then(TimerStarted(a => a.TimerId = "other")));

        Assert.Contains("timer_id: expected other, was t", failure.Message);
        Assert.Contains("WorkflowTaskCompleted", failure.Message);
    }

    [Fact]
    public void Then_WhenAnEventIsMissing_Fails() => Assert.ThrowsAny<Exception>(() =>
        Given(WorkflowIsIdle()).WhenDrafted(_ => { }).Then(TimerFired()));

    [Fact]
    public void AndNothingElse_WhenAFactIsSilent_Fails() => Assert.ThrowsAny<Exception>(() =>
        Given(WorkflowIsIdle(), ActivityTaskScheduled())
            .WhenDrafted(draft => draft.Emit(new ActivityAttemptStarted(5, draft.Now, "worker", "request")))
            .Then()
            .AndNothingElse());

    [Fact]
    public void When_WhenTheRunDoesNotExist_IsRefused() =>
        Given()
            .When(new Inspect(Key.Workflow, null, _ => Done.Instance))
            .ThenNothing()
            .AndRejected(Rejection.WorkflowNotFound(Key.Workflow));

    [Fact]
    public void Given_WhenTimePasses_StampsEventsWithIt() =>
        Given(WorkflowIsIdle(), Step.Wait(5.Seconds()), TimerStarted(a => a.TimerId = "t"))
            .AndState(state => Assert.Equal(new Deadline(Start + 5.Seconds() + 1.Hours(), DeadlineKind.Timer, 5, "t"),
                state.NextDeadline));
}
