using AugmentedOS.Engine.Tests.Executions.Kit;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.History.V1;
using Temporalio.Api.TaskQueue.V1;
using static AugmentedOS.Engine.Tests.Executions.Chains.Closings;
using static AugmentedOS.Engine.Tests.Executions.Kit.Events;
using static AugmentedOS.Engine.Tests.Executions.Kit.Scenario;
using static AugmentedOS.Engine.Tests.Executions.Lifecycle.Requests;
using static AugmentedOS.Engine.Tests.Executions.Starting.Starts;
using static AugmentedOS.Engine.Tests.Executions.Tasks.Answers;

namespace AugmentedOS.Engine.Tests.Executions.Chains;

public sealed class ContinueAsNewTests
{
    private static readonly string Next = SequentialIds.Nth(1).ToString();

    [Fact]
    public void ContinueAsNew_WhenItSaysNothing_InheritsTypeQueueAndTimeouts() =>
        Given(Begun(), WorkflowTaskScheduled(), WorkflowTaskStarted(), Step.Wait(5.Seconds()))
            .When(Complete(ContinueAsNew()))
            .Then(
                WorkflowTaskCompleted(),
                WorkflowExecutionContinuedAsNew(a =>
                {
                    a.NewExecutionRunId = Next;
                    a.WorkflowType = new WorkflowType { Name = "Workflow" };
                    a.TaskQueue = new TaskQueue { Name = "queue", Kind = TaskQueueKind.Normal };
                    a.WorkflowRunTimeout = 1.Minutes().ToProto();
                    a.WorkflowTaskTimeout = 9.Seconds().ToProto();
                    a.Initiator = ContinueAsNewInitiator.Workflow;
                    a.WorkflowTaskCompletedEventId = 4;
                }))
            .AndState(state => Assert.Equal(WorkflowExecutionStatus.ContinuedAsNew, state.Status))
            .InNewRun()
            .AndState(state =>
            {
                Assert.Equal(Next, state.Key.Run.ToString());
                var started = state.Started;
                Assert.Equal("Workflow", started.WorkflowType.Name);
                Assert.Equal("queue", started.TaskQueue.Name);
                Assert.Equal(Key.Run.ToString(), started.ContinuedExecutionRunId);
                Assert.Equal("first-run", started.FirstExecutionRunId);
                Assert.Equal(Next, started.OriginalExecutionRunId);
                Assert.Equal(1, started.Attempt);
                Assert.Equal(ContinueAsNewInitiator.Workflow, started.Initiator);
                Assert.Equal(TimeSpan.Zero.ToProto(), started.FirstWorkflowTaskBackoff);
                Assert.Equal(2.Hours(), state.Timeouts.Execution);
                Assert.Equal((Start + 2.Hours()).ToTimestamp(), started.WorkflowExecutionExpirationTime);
                Assert.Equal(1.Minutes(), state.Timeouts.Run);
                Assert.Equal(9.Seconds(), state.Timeouts.Task);
                Assert.Equal(SomeParent, started.ParentWorkflowExecution);
                Assert.Equal(7, started.ParentInitiatedEventId);
                Assert.Equal("root", started.RootWorkflowExecution.WorkflowId);
                Assert.Equal(4, started.Priority.PriorityKey);
                Assert.Single(started.CompletionCallbacks);
                Assert.Equal(2, state.Task!.ScheduledEventId);
                Assert.False(state.AwaitsParent);
            });

    [Fact]
    public void ContinueAsNew_WhenItSaysNothing_InheritsNeitherMemoNorSearchAttributesNorPolicies() =>
        Given(Begun(), WorkflowTaskScheduled(), WorkflowTaskStarted())
            .When(Complete(ContinueAsNew()))
            .InNewRun()
            .AndState(state =>
            {
                Assert.Empty(state.Memo);
                Assert.Empty(state.SearchAttributes);
                Assert.Null(state.Started.RetryPolicy);
                Assert.Empty(state.Started.CronSchedule);
                Assert.Null(state.Started.Input);
                Assert.Null(state.Started.LastCompletionResult);
            });

    [Fact]
    public void ContinueAsNew_WhenItSaysMore_IsFollowed() =>
        Given(Begun(), WorkflowTaskScheduled(), WorkflowTaskStarted(), Step.Wait(5.Seconds()))
            .When(Complete(ContinueAsNew(a =>
            {
                a.WorkflowType = new WorkflowType { Name = "Other" };
                a.TaskQueue = new TaskQueue { Name = "other-queue" };
                a.Input = Data("input");
                a.WorkflowRunTimeout = 3.Hours().ToProto();
                a.WorkflowTaskTimeout = 500.Seconds().ToProto();
                a.BackoffStartInterval = 30.Seconds().ToProto();
                a.Memo = new Memo { Fields = { ["m"] = Json("1") } };
                a.RetryPolicy = new RetryPolicy { MaximumAttempts = 2 };
                a.LastCompletionResult = Data("last");
                a.Failure = Application();
                a.Header = new Header { Fields = { ["h"] = Json("2") } };
            })))
            .InNewRun()
            .AndState(state =>
            {
                var started = state.Started;
                Assert.Equal("Other", started.WorkflowType.Name);
                Assert.Equal("other-queue", started.TaskQueue.Name);
                Assert.Equal(Data("input"), started.Input);
                Assert.Equal(2.Hours(), state.Timeouts.Run);
                Assert.Equal(120.Seconds(), state.Timeouts.Task);
                Assert.Equal(30.Seconds().ToProto(), started.FirstWorkflowTaskBackoff);
                Assert.Equal(["m"], state.Memo.Keys);
                Assert.Equal(1.Seconds().ToProto(), started.RetryPolicy.InitialInterval);
                Assert.Equal(Data("last"), started.LastCompletionResult);
                Assert.Equal(Application(), started.ContinuedFailure);
                Assert.Equal(["h"], started.Header.Fields.Keys);
                Assert.Null(state.Task);
                Assert.True(state.InFirstTaskBackoff);
            })
            .WhenElapsed(30.Seconds())
            .Then(WorkflowTaskScheduled());

    [Theory]
    [InlineData(0, 0, 1000)]
    [InlineData(300, 0, 700)]
    [InlineData(300, 100, 700)]
    [InlineData(300, 800, 800)]
    [InlineData(1000, 0, 0)]
    [InlineData(5000, 0, 0)]
    public void ContinueAsNew_WhenTheRunWasShort_SlowsTheChainDown(int lifetimeMs, int backoffMs, int expectedMs) =>
        Given(WorkflowTaskIsStarted(), Step.Wait(lifetimeMs.Milliseconds()))
            .When(Complete(ContinueAsNew(a => a.BackoffStartInterval = backoffMs.Milliseconds().ToProto())))
            .InNewRun()
            .AndState(state => Assert.Equal(
                expectedMs.Milliseconds().ToProto(), state.Started.FirstWorkflowTaskBackoff));

    [Fact]
    public void ContinueAsNew_WhenTheRunIsAChild_TellsTheParentNothing() =>
        Given(
                WorkflowStarted(a =>
                {
                    a.ParentWorkflowExecution = SomeParent;
                    a.ContinuedExecutionRunId = "before";
                }),
                WorkflowTaskScheduled(),
                WorkflowTaskStarted())
            .When(Complete(ContinueAsNew()))
            .AndState(state => Assert.Empty(state.PendingDeliveries));

    private static HistoryEvent Begun() => WorkflowStarted(a =>
    {
        a.FirstExecutionRunId = "first-run";
        a.WorkflowExecutionTimeout = 2.Hours().ToProto();
        a.WorkflowExecutionExpirationTime = (Start + 2.Hours()).ToTimestamp();
        a.WorkflowRunTimeout = 1.Minutes().ToProto();
        a.WorkflowTaskTimeout = 9.Seconds().ToProto();
        a.Memo = new Memo { Fields = { ["old"] = Json("1") } };
        a.RetryPolicy = new RetryPolicy { InitialInterval = 1.Seconds().ToProto() };
        a.Input = Data("old");
        a.LastCompletionResult = Data("older");
        a.ParentWorkflowExecution = SomeParent;
        a.ParentInitiatedEventId = 7;
        a.ContinuedExecutionRunId = "before";
        a.RootWorkflowExecution = new WorkflowExecution { WorkflowId = "root" };
        a.Priority = new Priority { PriorityKey = 4 };
        a.CompletionCallbacks.Add(new Callback { Nexus = new() { Url = "temporal://system" } });
    });
}
