using AugmentedOS.Engine.Executions;
using AugmentedOS.Engine.Queries;
using AugmentedOS.Engine.Tests.Executions.Kit;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Temporalio.Api.Enums.V1;
using static AugmentedOS.Engine.Tests.Executions.Kit.Events;
using static AugmentedOS.Engine.Tests.Executions.Kit.Scenario;

namespace AugmentedOS.Engine.Tests.Queries;

public sealed class QueryRoutingTests
{
    [Fact]
    public void Decide_WhenTheWorkerHasSeenEverything_IsDirect() =>
        Assert.IsType<QueryRoute.Direct>(Route(Given(WorkflowIsIdle())));

    [Fact]
    public void Decide_WhenTheRunIsClosed_IsDirect() =>
        Assert.IsType<QueryRoute.Direct>(Route(Given(WorkflowIsIdle(), WorkflowExecutionTerminated())));

    [Fact]
    public void Decide_WhenAWorkflowTaskIsScheduled_WaitsForIt() =>
        Assert.IsType<QueryRoute.Buffered>(Route(Given(WorkflowIsIdle(), WorkflowTaskScheduled())));

    [Fact]
    public void Decide_WhenAWorkflowTaskIsStarted_WaitsForTheNext() =>
        Assert.IsType<QueryRoute.Buffered>(Route(Given(WorkflowTaskIsStarted())));

    [Fact]
    public void Decide_WhenClosedBeforeAWorkflowTaskCompleted_IsNotReady() => AssertNotReady(
        "Workflow execution closed before WorkflowTaskStarted event",
        Given(WorkflowStarted(), WorkflowExecutionTerminated()));

    [Fact]
    public void Decide_WhenTheWorkflowTaskKeepsFailing_IsNotReady() => AssertNotReady(
        "Unable to query workflow due to Workflow Task in failed state.",
        Given(WorkflowIsIdle(), WorkflowTaskScheduled(a => a.Attempt = 3)));

    [Theory]
    [InlineData(null, false)]
    [InlineData(59, false)]
    [InlineData(60, true)]
    public void Decide_WhenTheFirstTaskIsDelayed_WaitsOnlyIfItIsDueInTime(int? deadlineSeconds, bool waits)
    {
        var delayed = Given(WorkflowStarted(a => a.FirstWorkflowTaskBackoff = Duration.FromTimeSpan(1.Minutes())));
        Instant? deadline = deadlineSeconds is { } seconds ? Start + seconds.Seconds() : null;

        var route = QueryRouting.Decide(delayed.State, QueryRejectCondition.None, deadline);

        if (waits)
        {
            Assert.IsType<QueryRoute.Buffered>(route);
        }
        else
        {
            var refused = Assert.IsType<QueryRoute.Refused>(route).Rejection;
            Assert.Equal("Workflow task is not scheduled yet.", refused.Message);
        }
    }

    [Theory]
    [InlineData(WorkflowExecutionStatus.Running, false, false)]
    [InlineData(WorkflowExecutionStatus.Completed, true, false)]
    [InlineData(WorkflowExecutionStatus.Failed, true, true)]
    [InlineData(WorkflowExecutionStatus.ContinuedAsNew, true, true)]
    [InlineData(WorkflowExecutionStatus.Paused, true, true)]
    public void Decide_WhenTheCallerSetsACondition_RejectsByStatus(
        WorkflowExecutionStatus status, bool notOpen, bool notCleanly)
    {
        var state = Given(WorkflowIsIdle()).State with { Status = status };

        Assert.Equal(notOpen, IsRejected(state, QueryRejectCondition.NotOpen));
        Assert.Equal(notCleanly, IsRejected(state, QueryRejectCondition.NotCompletedCleanly));
        Assert.Equal(status == WorkflowExecutionStatus.Paused, IsRejected(state, QueryRejectCondition.None));
    }

    private static bool IsRejected(RunState state, QueryRejectCondition condition) =>
        QueryRouting.Decide(state, condition, deadline: null) is QueryRoute.Rejected rejected
        && rejected.Status == state.Status;

    private static QueryRoute Route(Scenario scenario) =>
        QueryRouting.Decide(scenario.State, QueryRejectCondition.None, deadline: null);

    private static void AssertNotReady(string message, Scenario scenario)
    {
        var rejection = Assert.IsType<QueryRoute.Refused>(Route(scenario)).Rejection;
        Assert.Equal((StatusCode.FailedPrecondition, message), (rejection.Code, rejection.Message));
        Assert.IsType<Temporalio.Api.ErrorDetails.V1.WorkflowNotReadyFailure>(rejection.Detail);
    }
}
