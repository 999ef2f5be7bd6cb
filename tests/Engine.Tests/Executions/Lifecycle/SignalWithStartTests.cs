using AugmentedOS.Engine.Executions.Inputs;
using AugmentedOS.Engine.Tests.Executions.Kit;
using Temporalio.Api.Enums.V1;
using static AugmentedOS.Engine.Tests.Executions.Kit.Events;
using static AugmentedOS.Engine.Tests.Executions.Kit.Scenario;
using static AugmentedOS.Engine.Tests.Executions.Starting.Starts;

namespace AugmentedOS.Engine.Tests.Executions.Lifecycle;

public sealed class SignalWithStartTests
{
    [Fact]
    public void SignalWithStart_WhenNoRunExists_StartsOneWithTheSignal() =>
        Given()
            .When(SignalWithStart(r => r.SignalInput = Data("data")))
            .Then(
                Started(a => a.Identity = "client"),
                WorkflowExecutionSignaled(a =>
                {
                    a.SignalName = "signal";
                    a.Input = Data("data");
                }),
                WorkflowTaskScheduled())
            .AndReply<SignalWithStartedExecution>(reply =>
            {
                Assert.True(reply.Started);
                Assert.Equal("another-request", reply.SignalLink.WorkflowEvent.RequestIdRef.RequestId);
            });

    [Fact]
    public void SignalWithStart_WhenDelayed_SchedulesNoTask() =>
        Given()
            .When(SignalWithStart(r => r.WorkflowStartDelay = 1.Minutes().ToProto()))
            .Then(Started(a => a.FirstWorkflowTaskBackoff = 1.Minutes().ToProto()), WorkflowExecutionSignaled());

    [Fact]
    public void SignalWithStart_WhenARunIsOpen_OnlySignals() =>
        Given(WorkflowIsIdle())
            .When(SignalWithStart())
            .Then(WorkflowExecutionSignaled(), WorkflowTaskScheduled())
            .AndNoNewRun()
            .AndReply<SignalWithStartedExecution>(reply =>
            {
                Assert.False(reply.Started);
                Assert.Equal(Key.Run, reply.RunId);
            });

    [Fact]
    public void SignalWithStart_WhenTheOpenRunIsInItsFirstBackoff_EndsIt() =>
        Given(StartWorkflow(r =>
            {
                r.RequestId = "first";
                r.WorkflowStartDelay = 1.Hours().ToProto();
            }))
            .When(SignalWithStart())
            .Then(WorkflowExecutionSignaled(), WorkflowTaskScheduled());

    [Fact]
    public void SignalWithStart_WhenARunIsOpenAndIsToBeReplaced_TerminatesIt() =>
        Given(WorkflowIsIdle())
            .When(SignalWithStart(r => r.WorkflowIdConflictPolicy = WorkflowIdConflictPolicy.TerminateExisting))
            .Then(WorkflowExecutionTerminated(a => a.Reason = "TerminateIfRunning WorkflowIdReusePolicy"))
            .AndReply<SignalWithStartedExecution>(reply => Assert.True(reply.Started))
            .InNewRun()
            .AndState(state => Assert.Equal(1, state.SignalCount));

    [Fact]
    public void SignalWithStart_WhenRepeatedOnTheRunItStarted_CountsOnce() =>
        Given(SignalWithStart())
            .When(SignalWithStart())
            .ThenNothing()
            .AndReply<SignalWithStartedExecution>(reply => Assert.True(reply.Started));

    [Fact]
    public void SignalWithStart_WhenRepeatedWithReplacement_DoesNotReplaceItsOwnRun() =>
        Given(SignalWithStart())
            .When(SignalWithStart(r => r.WorkflowIdConflictPolicy = WorkflowIdConflictPolicy.TerminateExisting))
            .ThenNothing();

    [Fact]
    public void SignalWithStart_WhenTheRunItStartedHasClosed_CountsOnce() =>
        Given(SignalWithStart(), WorkflowExecutionTerminated())
            .When(SignalWithStart())
            .ThenNothing()
            .AndReply<SignalWithStartedExecution>(reply => Assert.Equal(SequentialIds.Nth(1), reply.RunId.Value));

    [Theory]
    [InlineData(WorkflowExecutionStatus.Completed, WorkflowIdReusePolicy.AllowDuplicate, true)]
    [InlineData(WorkflowExecutionStatus.Completed, WorkflowIdReusePolicy.AllowDuplicateFailedOnly, false)]
    [InlineData(WorkflowExecutionStatus.Failed, WorkflowIdReusePolicy.AllowDuplicateFailedOnly, true)]
    [InlineData(WorkflowExecutionStatus.Failed, WorkflowIdReusePolicy.RejectDuplicate, false)]
    public void SignalWithStart_WhenTheRunIsClosed_FollowsTheReusePolicy(
        WorkflowExecutionStatus status, WorkflowIdReusePolicy reuse, bool starts)
    {
        var scenario = Given(Closed(status)).When(SignalWithStart(r => r.WorkflowIdReusePolicy = reuse));
        if (starts)
        {
            scenario.Then(Started(), WorkflowExecutionSignaled(), WorkflowTaskScheduled());
        }
        else
        {
            scenario.ThenNothing();
            Assert.Equal(Grpc.Core.StatusCode.AlreadyExists, scenario.Decision.Rejection!.Code);
        }
    }
}
