using AugmentedOS.Engine.Executions;
using AugmentedOS.Engine.Executions.Inputs;
using AugmentedOS.Engine.Tests.Executions.Kit;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.TaskQueue.V1;
using static AugmentedOS.Engine.Tests.Executions.Kit.Events;
using static AugmentedOS.Engine.Tests.Executions.Kit.Scenario;
using static AugmentedOS.Engine.Tests.Executions.Starting.Starts;

namespace AugmentedOS.Engine.Tests.Executions.Starting;

/// <summary>What the history of a new run begins with.</summary>
public sealed class StartExecutionTests
{
    private static readonly string NewRun = SequentialIds.Nth(1).ToString();

    [Fact]
    public void Start_WhenPlain_RecordsTheStartAndSchedulesATask() =>
        Given()
            .When(StartWorkflow())
            .Then(
                Started(a =>
                {
                    a.WorkflowType = new WorkflowType { Name = "Workflow" };
                    a.TaskQueue = new TaskQueue { Name = "queue", Kind = TaskQueueKind.Normal };
                    a.WorkflowId = Key.WorkflowId;
                    a.Identity = "client";
                    a.Attempt = 1;
                    a.OriginalExecutionRunId = NewRun;
                    a.FirstExecutionRunId = NewRun;
                    a.FirstWorkflowTaskBackoff = TimeSpan.Zero.ToProto();
                    a.WorkflowTaskTimeout = 10.Seconds().ToProto();
                }),
                WorkflowTaskScheduled(a =>
                {
                    a.Attempt = 1;
                    a.StartToCloseTimeout = 10.Seconds().ToProto();
                }))
            .AndState(state =>
            {
                Assert.Equal("another-request", state.StartRequestId);
                Assert.Null(state.Started.RootWorkflowExecution);
                Assert.Null(state.RunExpiresAt);
                Assert.Null(state.Started.WorkflowExecutionTimeout);
                Assert.Null(state.Started.WorkflowRunTimeout);
                Assert.Equal(ContinueAsNewInitiator.Unspecified, state.Started.Initiator);
            })
            .AndReply<StartedExecution>(reply =>
            {
                Assert.Equal(NewRun, reply.RunId.ToString());
                Assert.Equal(NewRun, reply.FirstRunId);
                Assert.True(reply.Started);
                Assert.Equal(WorkflowExecutionStatus.Running, reply.Status);
                Assert.Equal("default", reply.Link.WorkflowEvent.Namespace);
                Assert.Equal(Key.WorkflowId, reply.Link.WorkflowEvent.WorkflowId);
                Assert.Equal(NewRun, reply.Link.WorkflowEvent.RunId);
                Assert.Equal(1, reply.Link.WorkflowEvent.EventRef.EventId);
                Assert.Equal(EventType.WorkflowExecutionStarted, reply.Link.WorkflowEvent.EventRef.EventType);
                Assert.Null(reply.Eager);
            });

    [Fact]
    public void Start_WhenTheRequestHasNoId_GetsOne() =>
        Given().When(StartWorkflow(r => r.RequestId = "")).AndState(state => Assert.NotEmpty(state.StartRequestId));

    [Fact]
    public void Start_WhenItCarriesMore_KeepsAllOfIt() =>
        Given()
            .When(StartWorkflow(r =>
            {
                r.Input = Data("input");
                r.Header = new Header { Fields = { ["h"] = Json("1") } };
                r.Memo = new Memo { Fields = { ["kept"] = Json("1"), ["dropped"] = Json("null") } };
                r.UserMetadata = new() { Summary = Json("\"summary\"") };
                r.Priority = new Priority { PriorityKey = 2 };
                r.Links.Add(new Link { BatchJob = new Link.Types.BatchJob { JobId = "job" } });
                r.CompletionCallbacks.Add(new Callback { Nexus = new() { Url = "temporal://system" } });
                r.RetryPolicy = new RetryPolicy { MaximumAttempts = 3 };
            }))
            .Then(
                Started(a =>
                {
                    a.Input = Data("input");
                    a.Header = new Header { Fields = { ["h"] = Json("1") } };
                    a.Priority = new Priority { PriorityKey = 2 };
                    a.RetryPolicy = new RetryPolicy
                    {
                        MaximumAttempts = 3,
                        BackoffCoefficient = 2,
                        InitialInterval = 1.Seconds().ToProto(),
                        MaximumInterval = 100.Seconds().ToProto(),
                    };
                }),
                WorkflowTaskScheduled())
            .AndState(state =>
            {
                Assert.Equal(["kept"], state.Memo.Keys);
                Assert.Equal(["kept"], state.Started.Memo.Fields.Keys);
                Assert.Equal("\"summary\"", state.UserMetadata!.Summary.Data.ToStringUtf8());
                Assert.Single(state.Started.CompletionCallbacks);
            })
            .AndEvents(events => Assert.Equal("job", Assert.Single(events[0].Links).BatchJob.JobId));

    [Fact]
    public void Start_WhenEager_StartsTheTaskForTheCaller() =>
        Given()
            .When(StartWorkflow(r => r.RequestEagerExecution = true))
            .Then(
                Started(a => a.EagerExecutionAccepted = true),
                WorkflowTaskScheduled(),
                WorkflowTaskStarted(a =>
                {
                    a.ScheduledEventId = 2;
                    a.Identity = "client";
                    a.RequestId = "another-request";
                }))
            .AndReply<StartedExecution>(reply =>
            {
                Assert.Equal(1, reply.Eager!.FirstEventId);
                Assert.Equal(3, reply.Eager.State.Task!.StartedEventId);
                Assert.Equal(1, reply.Eager.State.Task.Attempt);
                Assert.Equal(0, reply.Eager.State.PreviousStartedEventId);
            });

    [Fact]
    public void Start_WhenEagerAndDelayed_IsNotEager() =>
        Given()
            .When(StartWorkflow(r =>
            {
                r.RequestEagerExecution = true;
                r.WorkflowStartDelay = 1.Minutes().ToProto();
            }))
            .Then(Started())
            .AndState(state => Assert.False(state.Started.EagerExecutionAccepted))
            .AndReply<StartedExecution>(reply => Assert.Null(reply.Eager));

    [Fact]
    public void Start_WhenDelayed_SchedulesTheTaskAfterTheDelay() =>
        Given()
            .When(StartWorkflow(r => r.WorkflowStartDelay = 90.Seconds().ToProto()))
            .Then(Started(a => a.FirstWorkflowTaskBackoff = 90.Seconds().ToProto()))
            .AndState(state => Assert.Equal(ContinueAsNewInitiator.Unspecified, state.Started.Initiator))
            .AndNextDeadline(DeadlineKind.FirstTaskBackoff, 90.Seconds())
            .WhenElapsed(90.Seconds())
            .Then(WorkflowTaskScheduled(a => a.Attempt = 1))
            .AndNothingElse();

    [Fact]
    public void Start_WhenOnACronSchedule_WaitsForTheTickInWholeSeconds() =>
        Given(Step.Wait(1500.Milliseconds()))
            .When(StartWorkflow(r => r.CronSchedule = "* * * * *"))
            .Then(Started(a =>
            {
                a.CronSchedule = "* * * * *";
                a.Initiator = ContinueAsNewInitiator.CronSchedule;
                a.FirstWorkflowTaskBackoff = 59.Seconds().ToProto();
            }))
            .AndNextDeadline(DeadlineKind.FirstTaskBackoff, 60_500.Milliseconds());

    [Theory]
    [InlineData(0, 0, 0, 0, 0, 10)]
    [InlineData(100, 0, 0, 100, 100, 10)]
    [InlineData(100, 30, 0, 100, 30, 10)]
    [InlineData(30, 100, 0, 30, 30, 10)]
    [InlineData(0, 5, 0, 0, 5, 5)]
    [InlineData(0, 0, 500, 0, 0, 120)]
    [InlineData(0, 60, 90, 0, 60, 60)]
    [InlineData(0, 0, 20, 0, 0, 20)]
    public void Start_WhenTimeoutsAreGiven_ResolvesThem(
        int execution, int run, int task, int storedExecution, int storedRun, int storedTask) =>
        Given()
            .When(StartWorkflow(r =>
            {
                r.WorkflowExecutionTimeout = execution.Seconds().ToProto();
                r.WorkflowRunTimeout = run.Seconds().ToProto();
                r.WorkflowTaskTimeout = task.Seconds().ToProto();
            }))
            .AndState(state =>
            {
                Assert.Equal(storedExecution.Seconds(), state.Timeouts.Execution);
                Assert.Equal(storedRun.Seconds(), state.Timeouts.Run);
                Assert.Equal(storedTask.Seconds(), state.Timeouts.Task);
                Assert.Equal(
                    storedExecution == 0 ? null : (Start + storedExecution.Seconds()).ToTimestamp(),
                    state.Started.WorkflowExecutionExpirationTime);
            });

    [Fact]
    public void Start_WhenDelayedWithTimeouts_CountsTheRunFromTheDelayAndTheChainFromTheStart() =>
        Given()
            .When(StartWorkflow(r =>
            {
                r.WorkflowStartDelay = 1.Minutes().ToProto();
                r.WorkflowRunTimeout = 2.Minutes().ToProto();
            }))
            .AndState(state => Assert.Equal(Start + 3.Minutes(), state.RunExpiresAt));

    [Fact]
    public void Start_WhenAChild_CarriesItsParentAndWaitsForIt()
    {
        var parent = new ParentInfo(
            FixedNamespaces.Default.Id,
            "default",
            new WorkflowExecution { WorkflowId = "parent", RunId = SequentialIds.Nth(77).ToString() },
            5,
            new WorkflowExecution { WorkflowId = "root", RunId = SequentialIds.Nth(78).ToString() });
        Given()
            .When(StartWorkflow(parent: parent))
            .Then(Started(a =>
            {
                a.ParentWorkflowNamespace = "default";
                a.ParentWorkflowNamespaceId = FixedNamespaces.Default.Id.ToString();
                a.ParentWorkflowExecution = parent.Execution;
                a.ParentInitiatedEventId = 5;
                a.RootWorkflowExecution = parent.Root;
            }))
            .AndState(state => Assert.True(state.AwaitsParent));
    }
}
