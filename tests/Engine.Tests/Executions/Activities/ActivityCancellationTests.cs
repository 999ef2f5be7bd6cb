using AugmentedOS.Engine.Executions;
using AugmentedOS.Engine.Executions.Inputs;
using AugmentedOS.Engine.Tests.Executions.Kit;
using Grpc.Core;
using Temporalio.Api.Enums.V1;
using static AugmentedOS.Engine.Tests.Executions.Activities.Workers;
using static AugmentedOS.Engine.Tests.Executions.Kit.Events;
using static AugmentedOS.Engine.Tests.Executions.Kit.Scenario;
using static AugmentedOS.Engine.Tests.Executions.Tasks.Answers;

namespace AugmentedOS.Engine.Tests.Executions.Activities;

public sealed class ActivityCancellationTests
{
    private static Step[] ScheduledAndInTask => [WorkflowIsIdle(), ActivityTaskScheduled(), .. InTask];

    private static Step[] RunningAndInTask => [WorkflowIsIdle(), ActivityTaskScheduled(), Take(), .. InTask];

    private static Step[] InTask => [WorkflowTaskScheduled(), WorkflowTaskStarted()];

    [Fact]
    public void RequestCancel_WhenNobodyStartedIt_CancelsItAtOnceAndSchedulesATask() =>
        Given(ScheduledAndInTask)
            .When(Complete(RequestCancel(5)))
            .Then(
                WorkflowTaskCompleted(),
                ActivityTaskCancelRequested(a =>
                {
                    a.ScheduledEventId = 5;
                    a.WorkflowTaskCompletedEventId = 8;
                }),
                ActivityTaskCanceled(a =>
                {
                    a.ScheduledEventId = 5;
                    a.LatestCancelRequestedEventId = 9;
                }),
                WorkflowTaskScheduled())
            .AndEvents(events =>
            {
                var canceled = events[2].ActivityTaskCanceledEventAttributes;
                Assert.Equal(0, canceled.StartedEventId);
                var payload = Assert.Single(canceled.Details.Payloads_);
                Assert.Equal("\"ACTIVITY_ID_NOT_STARTED\"", payload.Data.ToStringUtf8());
                Assert.Equal("json/plain", payload.Metadata["encoding"].ToStringUtf8());
            });

    [Fact]
    public void RequestCancel_WhenARetryWaits_CancelsItAtOnce() =>
        Given([WorkflowIsIdle(), ActivityTaskScheduled(), Take(), FailWith(Error("boom")), .. InTask])
            .When(Complete(RequestCancel(5)))
            .Then(
                WorkflowTaskCompleted(),
                ActivityTaskCancelRequested(),
                ActivityTaskCanceled(),
                WorkflowTaskScheduled());

    [Fact]
    public void RequestCancel_WhenScheduledInTheSameTask_CancelsItAtOnce() =>
        Given(WorkflowTaskIsStarted())
            .When(Complete(Schedule(set: a => a.RequestEagerExecution = true), RequestCancel(5)))
            .Then(
                WorkflowTaskCompleted(),
                ActivityTaskScheduled(),
                ActivityTaskCancelRequested(),
                ActivityTaskCanceled(),
                WorkflowTaskScheduled())
            .AndReply<CompletedWorkflowTask>(reply => Assert.Empty(reply.EagerActivities));

    [Fact]
    public void RequestCancel_WhenRunning_IsLearnedByTheNextHeartbeat() =>
        Given(RunningAndInTask)
            .When(Complete(RequestCancel(5)))
            .Then(WorkflowTaskCompleted(), ActivityTaskCancelRequested())
            .AndNothingElse()
            .When(Beat())
            .AndReply<RecordedActivityHeartbeat>(reply => Assert.True(reply.IsCancelRequested));

    [Fact]
    public void Stop_WhenRequested_RecordsTheCancellation() =>
        Given([.. RunningAndInTask, Complete(RequestCancel(5))])
            .When(Stop(Text("why")))
            .Then(
                ActivityTaskStarted(),
                ActivityTaskCanceled(a =>
                {
                    a.ScheduledEventId = 5;
                    a.StartedEventId = 10;
                    a.LatestCancelRequestedEventId = 9;
                    a.Details = Text("why");
                    a.Identity = "worker";
                }),
                WorkflowTaskScheduled());

    [Fact]
    public void Stop_WhenNobodyAskedForIt_IsRefused() =>
        Given(WorkflowIsIdle(), ActivityTaskScheduled(), Take())
            .When(Stop())
            .ThenNothing()
            .AndRejected(
                StatusCode.InvalidArgument,
                "unable to mark activity as canceled without activity being request canceled first");

    [Fact]
    public void Stop_WhenItsDetailsAreTooLarge_FailsTheActivity() =>
        Given(
                EngineLimits.Default with { BlobSizeError = 100 },
                [.. RunningAndInTask, Complete(RequestCancel(5))])
            .When(Stop(Text(new string('x', 101))))
            .Then(
                ActivityTaskStarted(),
                ActivityTaskFailed(a => a.Failure = new() { Message = "Cancel details exceed size limit." }),
                WorkflowTaskScheduled());

    [Fact]
    public void Fail_WhenCancellationWasRequested_IsNotRetried() =>
        Given([.. RunningAndInTask, Complete(RequestCancel(5))])
            .When(FailWith(Error("boom")))
            .Then(
                ActivityTaskStarted(),
                ActivityTaskFailed(a => a.RetryState = RetryState.CancelRequested),
                WorkflowTaskScheduled());

    [Fact]
    public void Complete_WhenCancellationWasRequested_MayStillSucceed() =>
        Given([.. RunningAndInTask, Complete(RequestCancel(5))])
            .When(Succeed())
            .Then(ActivityTaskStarted(), ActivityTaskCompleted(), WorkflowTaskScheduled());

    [Fact]
    public void RequestCancel_WhenItsEndIsBuffered_OnlyRecordsTheRequest() =>
        Given([.. RunningAndInTask, Succeed()])
            .When(Complete(RequestCancel(5)))
            .Then(
                WorkflowTaskCompleted(),
                ActivityTaskCancelRequested(a => a.ScheduledEventId = 5),
                ActivityTaskStarted(),
                ActivityTaskCompleted(a => a.StartedEventId = 10),
                WorkflowTaskScheduled());

    [Fact]
    public void RequestCancel_WhenRequestedBefore_FailsTheTask() =>
        Given(RunningAndInTask)
            .When(Complete(RequestCancel(5), RequestCancel(5)))
            .Then(WorkflowTaskFailed(a => a.Cause = WorkflowTaskFailedCause.BadRequestCancelActivityAttributes))
            .AndState(state => Assert.Equal(0, Pending(state).CancelRequestedEventId));

    [Fact]
    public void RequestCancel_WhenTheEventIsNoActivity_FailsTheTask() =>
        Given(RunningAndInTask)
            .When(Complete(RequestCancel(99)))
            .Then(WorkflowTaskFailed(a => a.Cause = WorkflowTaskFailedCause.BadRequestCancelActivityAttributes))
            .AndState(state => Assert.Equal(0, Pending(state).CancelRequestedEventId));

    [Fact]
    public void RequestCancel_WhenNoEventIsNamed_FailsTheTask() =>
        Given(RunningAndInTask)
            .When(Complete(RequestCancel(0)))
            .AndRejected(
                StatusCode.InvalidArgument,
                "BadRequestCancelActivityAttributes: "
                    + "ScheduledEventId is not set on RequestCancelActivityTaskCommand.");
}
