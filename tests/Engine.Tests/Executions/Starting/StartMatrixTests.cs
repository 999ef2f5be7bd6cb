using AugmentedOS.Engine.Executions.Inputs;
using AugmentedOS.Engine.Tests.Executions.Kit;
using Grpc.Core;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;
using static AugmentedOS.Engine.Tests.Executions.Kit.Events;
using static AugmentedOS.Engine.Tests.Executions.Kit.Scenario;
using static AugmentedOS.Engine.Tests.Executions.Starting.Starts;

namespace AugmentedOS.Engine.Tests.Executions.Starting;

/// <summary>Every id policy against every status of the current run.</summary>
public sealed class StartMatrixTests
{
    private const string Successfully =
        "Workflow execution already finished successfully. WorkflowId: {0}, RunId: {1}. Workflow Id reuse policy: "
        + "allow duplicate workflow Id if last run failed.";

    private const string Rejected =
        "Workflow execution already finished. WorkflowId: {0}, RunId: {1}. Workflow Id reuse policy: "
        + "reject duplicate workflow Id.";

    private static readonly WorkflowExecutionStatus[] Statuses =
    [
        WorkflowExecutionStatus.Completed, WorkflowExecutionStatus.Failed, WorkflowExecutionStatus.Canceled,
        WorkflowExecutionStatus.Terminated, WorkflowExecutionStatus.TimedOut, WorkflowExecutionStatus.ContinuedAsNew,
    ];

    public static TheoryData<WorkflowExecutionStatus, WorkflowIdReusePolicy, WorkflowIdConflictPolicy, string?>
        ClosedRuns()
    {
        var data =
            new TheoryData<WorkflowExecutionStatus, WorkflowIdReusePolicy, WorkflowIdConflictPolicy, string?>();
        foreach (var conflict in Enum.GetValues<WorkflowIdConflictPolicy>())
        {
            foreach (var status in Statuses)
            {
                var wasGood = status is WorkflowExecutionStatus.Completed or WorkflowExecutionStatus.ContinuedAsNew;
                data.Add(status, WorkflowIdReusePolicy.Unspecified, conflict, null);
                data.Add(status, WorkflowIdReusePolicy.AllowDuplicate, conflict, null);
                data.Add(
                    status, WorkflowIdReusePolicy.AllowDuplicateFailedOnly, conflict, wasGood ? Successfully : null);
                data.Add(status, WorkflowIdReusePolicy.RejectDuplicate, conflict, Rejected);
            }
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(ClosedRuns))]
    public void Start_WhenTheCurrentRunIsClosed_FollowsTheReusePolicyOnly(
        WorkflowExecutionStatus status, WorkflowIdReusePolicy reuse, WorkflowIdConflictPolicy conflict, string? refusal)
    {
        var scenario = Given(Closed(status)).When(StartWorkflow(r =>
        {
            r.WorkflowIdReusePolicy = reuse;
            r.WorkflowIdConflictPolicy = conflict;
        }));
        if (refusal is null)
        {
            scenario.Then(Started(), WorkflowTaskScheduled())
                .AndReply<StartedExecution>(reply =>
                {
                    Assert.True(reply.Started);
                    Assert.NotEqual(Key.Run, reply.RunId);
                    Assert.Equal(WorkflowExecutionStatus.Running, reply.Status);
                });
            return;
        }

        scenario.ThenNothing().AndRejected(Rejection.AlreadyStarted(
            string.Format(refusal, Key.WorkflowId, Key.Run), "start-request", Key.Run));
    }

    [Theory]
    [InlineData(WorkflowIdReusePolicy.Unspecified, WorkflowIdConflictPolicy.Unspecified)]
    [InlineData(WorkflowIdReusePolicy.AllowDuplicate, WorkflowIdConflictPolicy.Fail)]
    [InlineData(WorkflowIdReusePolicy.RejectDuplicate, WorkflowIdConflictPolicy.Fail)]
    [InlineData(WorkflowIdReusePolicy.AllowDuplicateFailedOnly, WorkflowIdConflictPolicy.Unspecified)]
    public void Start_WhenARunIsOpenAndConflictsFail_IsRefusedWithTheOpenRun(
        WorkflowIdReusePolicy reuse, WorkflowIdConflictPolicy conflict) =>
        Given(WorkflowIsIdle())
            .When(StartWorkflow(r => (r.WorkflowIdReusePolicy, r.WorkflowIdConflictPolicy) = (reuse, conflict)))
            .ThenNothing()
            .AndRejected(Rejection.AlreadyStarted(
                $"Workflow execution is already running. WorkflowId: {Key.WorkflowId}, RunId: {Key.Run}.",
                "start-request",
                Key.Run))
            .AndRejected(
                StatusCode.AlreadyExists,
                $"Workflow execution is already running. WorkflowId: {Key.WorkflowId}, RunId: {Key.Run}.");

    [Theory]
    [InlineData(WorkflowIdReusePolicy.AllowDuplicate)]
    [InlineData(WorkflowIdReusePolicy.AllowDuplicateFailedOnly)]
    [InlineData(WorkflowIdReusePolicy.RejectDuplicate)]
    public void Start_WhenARunIsOpenAndExistingOnesServe_AnswersWithIt(WorkflowIdReusePolicy reuse) =>
        Given(WorkflowIsIdle())
            .When(StartWorkflow(r =>
            {
                r.WorkflowIdReusePolicy = reuse;
                r.WorkflowIdConflictPolicy = WorkflowIdConflictPolicy.UseExisting;
            }))
            .ThenNothing()
            .AndReply<StartedExecution>(reply =>
            {
                Assert.False(reply.Started);
                Assert.Equal(Key.Run, reply.RunId);
                Assert.Equal(WorkflowExecutionStatus.Running, reply.Status);
                Assert.Equal(1, reply.Link.WorkflowEvent.EventRef.EventId);
            });

    [Theory]
    [InlineData(WorkflowIdReusePolicy.AllowDuplicate, WorkflowIdConflictPolicy.TerminateExisting)]
    [InlineData(WorkflowIdReusePolicy.AllowDuplicateFailedOnly, WorkflowIdConflictPolicy.TerminateExisting)]
    // Old clients still send it.
    [InlineData(WorkflowIdReusePolicy.TerminateIfRunning, WorkflowIdConflictPolicy.Unspecified)]
    public void Start_WhenARunIsOpenAndIsToBeReplaced_TerminatesItInTheSameTransition(
        WorkflowIdReusePolicy reuse, WorkflowIdConflictPolicy conflict) =>
        Given(WorkflowIsIdle(), TimerStarted(a => a.TimerId = "t"))
            .When(StartWorkflow(r => (r.WorkflowIdReusePolicy, r.WorkflowIdConflictPolicy) = (reuse, conflict)))
            .Then(WorkflowExecutionTerminated(a =>
            {
                a.Reason = "TerminateIfRunning WorkflowIdReusePolicy";
                a.Identity = "history-service";
                a.Details = new Payloads
                {
                    Payloads_ = { Json($"\"terminated by new runID: {SequentialIds.Nth(1)}\"") },
                };
            }))
            .AndReply<StartedExecution>(reply =>
            {
                Assert.True(reply.Started);
                Assert.Equal(SequentialIds.Nth(1), reply.RunId.Value);
            })
            .InNewRun()
            .Then(WorkflowExecutionTerminated())
            .AndState(state => Assert.Equal(SequentialIds.Nth(1), state.Key.Run.Value));

    [Fact]
    public void Start_WhenTheReplacedRunHasAStartedTask_FailsThatTaskFirst() =>
        Given(WorkflowTaskIsStarted())
            .When(StartWorkflow(r => r.WorkflowIdConflictPolicy = WorkflowIdConflictPolicy.TerminateExisting))
            .Then(
                WorkflowTaskFailed(a =>
                {
                    a.Cause = WorkflowTaskFailedCause.ForceCloseCommand;
                    a.Identity = "history-service";
                }),
                WorkflowExecutionTerminated());

    [Fact]
    public void Start_WhenTheOpenRunIsInItsStartDelay_IsAConflictLikeAnyOther() =>
        Given(StartWorkflow(r => r.WorkflowStartDelay = 1.Hours().ToProto()))
            .When(StartWorkflow(r => r.RequestId = "third-request"))
            .ThenNothing()
            .AndRejected(Rejection.AlreadyStarted(
                $"Workflow execution is already running. WorkflowId: {Key.WorkflowId}, RunId: {SequentialIds.Nth(1)}.",
                "another-request",
                new RunId(SequentialIds.Nth(1))));
}
