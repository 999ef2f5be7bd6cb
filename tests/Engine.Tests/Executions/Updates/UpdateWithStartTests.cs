using AugmentedOS.Engine.Executions;
using AugmentedOS.Engine.Executions.Inputs;
using AugmentedOS.Engine.Executions.Updates;
using AugmentedOS.Engine.Tests.Executions.Kit;
using AugmentedOS.Engine.Tests.Executions.Lifecycle;
using AugmentedOS.Engine.Tests.Executions.Tasks;
using Grpc.Core;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.ErrorDetails.V1;
using Temporalio.Api.Failure.V1;
using Temporalio.Api.TaskQueue.V1;
using Temporalio.Api.WorkflowService.V1;
using static AugmentedOS.Engine.Tests.Executions.Kit.Events;
using static AugmentedOS.Engine.Tests.Executions.Kit.Scenario;
using static AugmentedOS.Engine.Tests.Executions.Updates.UpdateSteps;

namespace AugmentedOS.Engine.Tests.Executions.Updates;

/// <summary>Updates that start their workflow where need be.</summary>
public sealed class UpdateWithStartTests
{
    [Theory]
    [InlineData(WorkflowIdConflictPolicy.Fail)]
    [InlineData(WorkflowIdConflictPolicy.UseExisting)]
    [InlineData(WorkflowIdConflictPolicy.TerminateExisting)]
    public void UpdateWithStart_WhenNothingRuns_StartsAndSendsTheUpdateWithTheFirstTask(WorkflowIdConflictPolicy policy) =>
        Given()
            .When(UpdateWithStart(conflict: policy))
            .Then(WorkflowStarted(a => Clear(a)), WorkflowTaskScheduled())
            .AndReply<UpdatedWithStart>(reply =>
            {
                Assert.True(reply.Start.Started);
                Assert.IsType<UpdateProgress.Admitted>(reply.Standing.Progress);
            })
            .When(Answers.Poll())
            .AndReply<StartedWorkflowTask>(started => Assert.Equal(2, Assert.Single(started.Messages).EventId));

    [Fact]
    public void UpdateWithStart_WhenAnotherRunEnded_StartsByItsPolicy()
    {
        Given(WorkflowIsIdle(), Requests.Terminate())
            .When(UpdateWithStart())
            .AndReply<UpdatedWithStart>(reply => Assert.True(reply.Start.Started));
        Given(WorkflowIsIdle(), Requests.Terminate())
            .When(UpdateWithStart(reuse: WorkflowIdReusePolicy.RejectDuplicate))
            .ThenNothing()
            .AndStatuses(StatusCode.AlreadyExists, StatusCode.AlreadyExists, StatusCode.Aborted);
    }

    [Fact]
    public void UpdateWithStart_WhenTheWorkflowRunsAndMayBeUsed_OnlyUpdates() =>
        Given(WorkflowIsIdle())
            .When(UpdateWithStart(conflict: WorkflowIdConflictPolicy.UseExisting))
            .ThenNothingIsWritten()
            .AndReply<UpdatedWithStart>(reply =>
            {
                Assert.False(reply.Start.Started);
                Assert.Equal(Key.Run, reply.Start.RunId);
                Assert.Equal(WorkflowExecutionStatus.Running, reply.Start.Status);
            })
            .AndState(state => Assert.Equal(5, state.Task!.ScheduledEventId));

    [Fact]
    public void UpdateWithStart_WhenTheWorkflowRunsAndMustNot_IsRefused() =>
        Given(WorkflowIsIdle())
            .When(UpdateWithStart(conflict: WorkflowIdConflictPolicy.Fail))
            .ThenNothing()
            .AndStatuses(StatusCode.AlreadyExists, StatusCode.AlreadyExists, StatusCode.Aborted);

    [Fact]
    public void UpdateWithStart_WhenTheWorkflowRunsAndIsToBeReplaced_UpdatesTheNewRun() =>
        Given(WorkflowIsIdle())
            .When(UpdateWithStart(conflict: WorkflowIdConflictPolicy.TerminateExisting))
            .Then(WorkflowExecutionTerminated())
            .InNewRun()
            .AndLive(live => Assert.Single(live.Updates))
            .AndState(state => Assert.Equal(2, state.Task!.ScheduledEventId));

    [Fact]
    public void UpdateWithStart_WhenTheUpdateIsKnown_IsFoundAlsoWhereTheWorkflowIsToBeReplaced() =>
        Given(UpdateIsSent(), Step.From(Answer(Accepted())))
            .When(UpdateWithStart(conflict: WorkflowIdConflictPolicy.TerminateExisting))
            .ThenNothing()
            .AndReply<UpdatedWithStart>(reply =>
            {
                Assert.False(reply.Start.Started);
                Assert.IsType<UpdateProgress.Accepted>(reply.Standing.Progress);
            });

    [Theory]
    [InlineData(WorkflowIdConflictPolicy.Fail)]
    [InlineData(WorkflowIdConflictPolicy.TerminateExisting)]
    public void UpdateWithStart_WhenItIsRepeated_FindsItsRunAndItsUpdate(WorkflowIdConflictPolicy policy) =>
        Given()
            .When(UpdateWithStart(conflict: policy))
            .When(UpdateWithStart(conflict: policy))
            .ThenNothing()
            .AndReply<UpdatedWithStart>(reply => Assert.Equal(SequentialIds.Nth(1), reply.Start.RunId.Value))
            .When(UpdateWithStart("another", policy))
            .AndReply<UpdatedWithStart>(reply => Assert.Equal(SequentialIds.Nth(1), reply.Start.RunId.Value))
            .AndLive(live => Assert.Equal(["u", "another"], live.Updates.Select(update => update.Id)));

    [Fact]
    public void UpdateWithStart_WhenTheUpdateIsDoneAndTheRunClosed_GivesItsOutcome() =>
        Given(UpdateIsSent(), Step.From(Answer(Accepted(), Completed())), Requests.Terminate())
            .When(UpdateWithStart())
            .ThenNothing()
            .AndReply<UpdatedWithStart>(reply =>
            {
                Assert.False(reply.Start.Started);
                Assert.Equal(WorkflowExecutionStatus.Terminated, reply.Start.Status);
                Assert.IsType<UpdateProgress.CompletedAt>(reply.Standing.Progress);
            });

    [Fact]
    public void UpdateWithStart_WhenTheUpdateIsRefused_SaysSoOfTheUpdate() =>
        Given(EngineLimits.Default with { MaxInFlightUpdates = 1 }, WorkflowIsIdle(), Update("other"))
            .When(UpdateWithStart(conflict: WorkflowIdConflictPolicy.UseExisting))
            .ThenNothing()
            .AndStatuses(StatusCode.ResourceExhausted, StatusCode.Aborted, StatusCode.ResourceExhausted);

    [Fact]
    public void UpdateWithStart_WhenTheWorkflowThatItStartedIsOver_SaysThatTheUpdateIs() =>
        Given()
            .When(UpdateWithStart())
            .When(Requests.Terminate())
            .When(UpdateWithStart())
            .ThenNothing()
            .AndStatuses(StatusCode.NotFound, StatusCode.OK, StatusCode.NotFound);

    private static UpdateWithStartExecution UpdateWithStart(
        string id = "u",
        WorkflowIdConflictPolicy conflict = WorkflowIdConflictPolicy.Fail,
        WorkflowIdReusePolicy reuse = WorkflowIdReusePolicy.AllowDuplicate) => new(
        Key.Workflow,
        new StartWorkflowExecutionRequest
        {
            WorkflowId = Key.WorkflowId,
            WorkflowType = new WorkflowType { Name = "Workflow" },
            TaskQueue = new TaskQueue { Name = "queue" },
            RequestId = "update-with-start",
            WorkflowIdConflictPolicy = conflict,
            WorkflowIdReusePolicy = reuse,
        },
        RequestOf(id),
        Waiter(id));

    private static void Clear(Temporalio.Api.History.V1.WorkflowExecutionStartedEventAttributes attributes)
    {
        attributes.OriginalExecutionRunId = "";
        attributes.FirstExecutionRunId = "";
        attributes.WorkflowExecutionTimeout = null;
        attributes.WorkflowRunTimeout = null;
    }
}

/// <summary>What a refusal says of both operations.</summary>
internal static class MultiOperationStatuses
{
    public static Scenario AndStatuses(this Scenario scenario, StatusCode code, StatusCode start, StatusCode update)
    {
        scenario.AndRejected(code, "Update-with-Start could not be executed.");
        var statuses = Assert.IsType<MultiOperationExecutionFailure>(scenario.Decision.Rejection!.Detail).Statuses;
        Assert.Equal([(int)start, (int)update], statuses.Select(status => status.Code));
        Assert.All(statuses.Where(status => status.Code == (int)StatusCode.Aborted), status =>
        {
            Assert.Equal("Operation was aborted.", status.Message);
            Assert.True(Assert.Single(status.Details).Is(MultiOperationExecutionAborted.Descriptor));
        });
        return scenario;
    }
}
