using AugmentedOS.Engine.Executions.Inputs;
using AugmentedOS.Engine.Tests.Executions.Kit;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;
using static AugmentedOS.Engine.Tests.Executions.Kit.Events;
using static AugmentedOS.Engine.Tests.Executions.Kit.Scenario;
using static AugmentedOS.Engine.Tests.Executions.Lifecycle.Requests;
using static AugmentedOS.Engine.Tests.Executions.Starting.Starts;

namespace AugmentedOS.Engine.Tests.Executions.Lifecycle;

public sealed class TerminateTests
{
    [Fact]
    public void Terminate_WhenTheRunIsOpen_EndsItWithWhatTheClientSaid() =>
        Given(WorkflowIsIdle(), TimerStarted(a => a.TimerId = "t"))
            .When(Terminate(set: r =>
            {
                r.Reason = "reason";
                r.Identity = "client";
                r.Details = Data("details");
                r.Links.Add(new Link { BatchJob = new Link.Types.BatchJob { JobId = "job" } });
            }))
            .Then(WorkflowExecutionTerminated(a =>
            {
                a.Reason = "reason";
                a.Identity = "client";
                a.Details = Data("details");
            }))
            .AndReply<Done>()
            .AndEvents(events => Assert.Single(events[0].Links))
            .AndState(state =>
            {
                Assert.Equal(WorkflowExecutionStatus.Terminated, state.Status);
                Assert.Null(state.NextDeadline);
                Assert.Empty(state.Timers);
            });

    [Fact]
    public void Terminate_WhenTheClientSaysNothing_FillsInReasonAndIdentity() =>
        Given(WorkflowIsIdle()).When(Terminate()).Then(WorkflowExecutionTerminated(a =>
        {
            a.Reason = "terminated by user via frontend";
            a.Identity = "frontend-service";
        }));

    [Fact]
    public void Terminate_WhenATaskIsOnlyScheduled_WritesJustTheClose() =>
        Given(WorkflowStarted(), WorkflowTaskScheduled()).When(Terminate()).Then(WorkflowExecutionTerminated());

    [Fact]
    public void Terminate_WhenATaskIsStarted_FailsItAndFlushesTheBuffer() =>
        Given(WorkflowTaskIsStarted(), Signal())
            .When(Terminate())
            .Then(
                WorkflowTaskFailed(a => a.Cause = WorkflowTaskFailedCause.ForceCloseCommand),
                WorkflowExecutionSignaled(),
                WorkflowExecutionTerminated());

    [Fact]
    public void Terminate_WhenTheRunIsClosed_IsRefused() =>
        Given(Closed(WorkflowExecutionStatus.Completed))
            .When(Terminate())
            .ThenNothing()
            .AndRejected(Rejection.AlreadyCompleted());

    [Fact]
    public void Terminate_WhenAChainIsNamed_MeansItsCurrentRun()
    {
        var first = SequentialIds.Nth(500).ToString();

        Assert.Null(Terminate(run: Key.Run, firstRunId: first).Run);
        Given(WorkflowStarted(a => a.FirstExecutionRunId = first))
            .When(Terminate(firstRunId: first))
            .Then(WorkflowExecutionTerminated());
        Given(WorkflowIsIdle())
            .When(Terminate(firstRunId: first))
            .ThenNothing()
            .AndRejected(Rejection.NotFound("workflow execution not found"));
    }

    [Fact]
    public void Terminate_WhenOnACronSchedule_EndsTheChain() =>
        Given(StartWorkflow(r => r.CronSchedule = "@hourly"))
            .When(Terminate())
            .Then(WorkflowExecutionTerminated())
            .AndNoNewRun();

    [Fact]
    public void Delete_WhenTheRunIsOpen_TerminatesAndDeletesIt()
    {
        var scenario = Given(WorkflowIsIdle())
            .When(new DeleteExecution(Key.Workflow, Key.Run))
            .Then(WorkflowExecutionTerminated(a =>
            {
                a.Reason = "Delete workflow execution";
                a.Identity = "history-service";
            }));

        Assert.True(scenario.Decision.Deletes);
    }

    [Fact]
    public void Delete_WhenTheRunIsClosed_OnlyDeletesIt()
    {
        var scenario = Given(Closed(WorkflowExecutionStatus.Failed)).When(new DeleteExecution(Key.Workflow, null));

        Assert.True(scenario.Decision.Deletes);
        Assert.Null(scenario.Decision.Change);
    }

    [Fact]
    public void Delete_WhenTheRunDoesNotExist_IsRefused() =>
        Given().When(new DeleteExecution(Key.Workflow, Key.Run))
            .ThenNothing()
            .AndRejected(Rejection.RunNotFound(Key.Workflow, Key.Run));
}
