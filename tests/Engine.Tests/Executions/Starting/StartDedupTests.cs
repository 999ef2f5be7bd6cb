using AugmentedOS.Engine.Executions.Facts;
using AugmentedOS.Engine.Executions.Inputs;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.Workflow.V1;
using static AugmentedOS.Engine.Tests.Executions.Kit.Events;
using static AugmentedOS.Engine.Tests.Executions.Kit.Scenario;
using static AugmentedOS.Engine.Tests.Executions.Starting.Starts;

namespace AugmentedOS.Engine.Tests.Executions.Starting;

/// <summary>A client that got no answer asks again.</summary>
public sealed class StartDedupTests
{
    [Theory]
    [InlineData(WorkflowIdReusePolicy.AllowDuplicate, WorkflowIdConflictPolicy.Fail)]
    [InlineData(WorkflowIdReusePolicy.RejectDuplicate, WorkflowIdConflictPolicy.Fail)]
    [InlineData(WorkflowIdReusePolicy.AllowDuplicate, WorkflowIdConflictPolicy.TerminateExisting)]
    public void Start_WhenTheRequestStartedTheOpenRun_AnswersAsTheFirstTime(
        WorkflowIdReusePolicy reuse, WorkflowIdConflictPolicy conflict) =>
        Given(WorkflowIsIdle())
            .When(StartWorkflow(r =>
            {
                r.RequestId = "start-request";
                (r.WorkflowIdReusePolicy, r.WorkflowIdConflictPolicy) = (reuse, conflict);
            }))
            .ThenNothing()
            .AndReply<StartedExecution>(reply =>
            {
                Assert.True(reply.Started);
                Assert.Equal(Key.Run, reply.RunId);
                Assert.Equal(WorkflowExecutionStatus.Running, reply.Status);
                Assert.Null(reply.Eager);
            });

    [Theory]
    [InlineData(WorkflowExecutionStatus.Completed)]
    [InlineData(WorkflowExecutionStatus.Terminated)]
    public void Start_WhenTheRequestStartedTheClosedRun_StillSucceedsWithItsStatus(WorkflowExecutionStatus status) =>
        Given(Closed(status))
            .When(StartWorkflow(r =>
            {
                r.RequestId = "start-request";
                r.WorkflowIdReusePolicy = WorkflowIdReusePolicy.RejectDuplicate;
            }))
            .ThenNothing()
            .AndReply<StartedExecution>(reply =>
            {
                Assert.True(reply.Started);
                Assert.Equal(status, reply.Status);
            });

    [Fact]
    public void Start_WhenAnEagerRequestIsRepeatedWhileItsTaskIsPending_HandsTheTaskOutAgain() =>
        Given(StartWorkflow(r => r.RequestEagerExecution = true))
            .When(StartWorkflow(r => r.RequestEagerExecution = true))
            .ThenNothing()
            .AndReply<StartedExecution>(reply => Assert.Equal(3, reply.Eager!.State.Task!.StartedEventId));

    [Fact]
    public void Start_WhenAnEagerRequestIsRepeatedAfterItsTask_HandsNoTaskOut() =>
        Given(StartWorkflow(r => r.RequestEagerExecution = true), WorkflowTaskCompleted())
            .When(StartWorkflow(r => r.RequestEagerExecution = true))
            .ThenNothing()
            .AndReply<StartedExecution>(reply => Assert.Null(reply.Eager));

    [Fact]
    public void Start_WhenItUsesAnExistingRunAndAttaches_RecordsTheRequestWithoutATask() =>
        Given(WorkflowIsIdle())
            .When(StartWorkflow(Attaching))
            .Then(WorkflowExecutionOptionsUpdated(a =>
            {
                a.AttachedRequestId = "another-request";
                a.Identity = "client";
            }))
            .AndNoEffects()
            .AndEvents(events => Assert.True(events[0].WorkerMayIgnore))
            .AndReply<StartedExecution>(reply =>
            {
                Assert.False(reply.Started);
                Assert.Equal("another-request", reply.Link.WorkflowEvent.RequestIdRef.RequestId);
                Assert.Equal(
                    EventType.WorkflowExecutionOptionsUpdated, reply.Link.WorkflowEvent.RequestIdRef.EventType);
            });

    [Fact]
    public void Start_WhenTheRequestWasAttached_AnswersWithoutASecondEvent() =>
        Given(WorkflowIsIdle(), StartWorkflow(Attaching))
            .When(StartWorkflow(Attaching))
            .ThenNothing()
            .AndReply<StartedExecution>(reply =>
            {
                Assert.False(reply.Started);
                Assert.Equal("another-request", reply.Link.WorkflowEvent.RequestIdRef.RequestId);
            });

    [Fact]
    public void Start_WhenTheAttachedRunHasClosed_AnswersWithIt() =>
        Given(WorkflowIsIdle(), StartWorkflow(Attaching), WorkflowExecutionCompleted())
            .When(StartWorkflow(Attaching))
            .ThenNothing()
            .AndReply<StartedExecution>(reply => Assert.Equal(WorkflowExecutionStatus.Completed, reply.Status));

    [Fact]
    public void Start_WhenItAttachesWhileATaskIsStarted_WaitsInTheBuffer() =>
        Given(WorkflowTaskIsStarted())
            .When(StartWorkflow(Attaching))
            .Then()
            .ThenBuffered(WorkflowExecutionOptionsUpdated(a => a.AttachedRequestId = "another-request"))
            .AndState(state => Assert.Equal(0, state.AttachedRequestIds["another-request"]))
            .When(Tasks.Answers.Complete())
            .ThenFact<BufferedEventRecorded>()
            .AndState(state => Assert.Equal(5, state.AttachedRequestIds["another-request"]));

    [Fact]
    public void Start_WhenItAttachesCallbacksAndLinks_RecordsThem() =>
        Given(WorkflowIsIdle())
            .When(StartWorkflow(r =>
            {
                Attaching(r);
                r.OnConflictOptions.AttachCompletionCallbacks = true;
                r.OnConflictOptions.AttachLinks = true;
                r.CompletionCallbacks.Add(new Temporalio.Api.Common.V1.Callback
                {
                    Nexus = new Temporalio.Api.Common.V1.Callback.Types.Nexus { Url = "temporal://system" },
                });
                r.Links.Add(new Temporalio.Api.Common.V1.Link
                {
                    BatchJob = new Temporalio.Api.Common.V1.Link.Types.BatchJob { JobId = "job" },
                });
            }))
            .AndEvents(events =>
            {
                Assert.Equal("job", Assert.Single(events[0].Links).BatchJob.JobId);
                Assert.Single(
                    events[0].WorkflowExecutionOptionsUpdatedEventAttributes.AttachedCompletionCallbacks);
            });

    [Fact]
    public void Start_WhenItAttachesALinkThatItsCallbackHasToo_RecordsItWithTheCallbackAlone() =>
        Given(WorkflowIsIdle())
            .When(StartWorkflow(r =>
            {
                Attaching(r);
                r.OnConflictOptions.AttachCompletionCallbacks = true;
                r.OnConflictOptions.AttachLinks = true;
                var link = new Temporalio.Api.Common.V1.Link
                {
                    BatchJob = new Temporalio.Api.Common.V1.Link.Types.BatchJob { JobId = "job" },
                };
                r.CompletionCallbacks.Add(new Temporalio.Api.Common.V1.Callback
                {
                    Nexus = new Temporalio.Api.Common.V1.Callback.Types.Nexus { Url = "temporal://system" },
                    Links = { link },
                });
                r.Links.Add(link);
                r.Links.Add(link);
            }))
            .AndEvents(events =>
            {
                Assert.Empty(events[0].Links);
                var attached = events[0].WorkflowExecutionOptionsUpdatedEventAttributes.AttachedCompletionCallbacks;
                Assert.Equal("job", Assert.Single(Assert.Single(attached).Links).BatchJob.JobId);
            });

    private static void Attaching(Temporalio.Api.WorkflowService.V1.StartWorkflowExecutionRequest request)
    {
        request.WorkflowIdConflictPolicy = WorkflowIdConflictPolicy.UseExisting;
        request.OnConflictOptions = new OnConflictOptions { AttachRequestId = true };
    }
}
