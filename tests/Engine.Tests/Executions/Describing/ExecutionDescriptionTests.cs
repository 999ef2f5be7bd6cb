using AugmentedOS.Engine.Executions.Describing;
using AugmentedOS.Engine.Tests.Executions.Kit;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.WorkflowService.V1;
using static AugmentedOS.Engine.Tests.Executions.Kit.Events;
using static AugmentedOS.Engine.Tests.Executions.Kit.Scenario;
using static AugmentedOS.Engine.Tests.Executions.Lifecycle.Requests;
using static AugmentedOS.Engine.Tests.Executions.Starting.Starts;

namespace AugmentedOS.Engine.Tests.Executions.Describing;

public sealed class ExecutionDescriptionTests
{
    [Fact]
    public void Describe_WhenJustStarted_ShowsConfigurationAndPendingTask()
    {
        var described = Describe(Given(StartWorkflow(r =>
        {
            r.WorkflowExecutionTimeout = 2.Hours().ToProto();
            r.WorkflowRunTimeout = 1.Hours().ToProto();
            r.Memo = new Memo { Fields = { ["m"] = Json("1") } };
            r.UserMetadata = new() { Summary = Json("\"s\"") };
            r.Priority = new Priority { PriorityKey = 1 };
        })));

        var info = described.WorkflowExecutionInfo;
        Assert.Equal(WorkflowExecutionStatus.Running, info.Status);
        Assert.Equal(2, info.HistoryLength);
        Assert.Equal(1, info.StateTransitionCount);
        Assert.True(info.HistorySizeBytes > 100);
        Assert.Equal(info.Execution, info.RootExecution);
        Assert.Null(info.ParentExecution);
        Assert.Null(info.CloseTime);
        Assert.Null(info.ExecutionDuration);
        Assert.Equal(Start.ToTimestamp(), info.ExecutionTime);
        Assert.Equal(["m"], info.Memo.Fields.Keys);
        Assert.NotNull(info.SearchAttributes);
        Assert.NotNull(info.AutoResetPoints);
        Assert.Equal("queue", info.TaskQueue);
        Assert.Equal(info.Execution.RunId, info.FirstRunId);
        Assert.Equal(1, info.Priority.PriorityKey);
        Assert.Equal(TaskQueueKind.Normal, described.ExecutionConfig.TaskQueue.Kind);
        Assert.Equal(1.Hours().ToProto(), described.ExecutionConfig.WorkflowRunTimeout);
        Assert.Equal(10.Seconds().ToProto(), described.ExecutionConfig.DefaultWorkflowTaskTimeout);
        Assert.Equal("\"s\"", described.ExecutionConfig.UserMetadata.Summary.Data.ToStringUtf8());
        Assert.Equal(PendingWorkflowTaskState.Scheduled, described.PendingWorkflowTask.State);
        Assert.Null(described.PendingWorkflowTask.StartedTime);
        Assert.Equal((Start + 2.Hours()).ToTimestamp(), described.WorkflowExtendedInfo.ExecutionExpirationTime);
        Assert.Equal((Start + 1.Hours()).ToTimestamp(), described.WorkflowExtendedInfo.RunExpirationTime);
    }

    [Fact]
    public void Describe_WhenMemoAndSearchAttributesAreAbsent_ShowsThemEmpty()
    {
        var info = Describe(Given(WorkflowIsIdle())).WorkflowExecutionInfo;

        Assert.Empty(info.Memo.Fields);
        Assert.Empty(info.SearchAttributes.IndexedFields);
    }

    [Fact]
    public void Describe_WhenATaskIsStarted_ShowsWhen()
    {
        var task = Describe(Given(
            WorkflowStarted(), WorkflowTaskScheduled(), Step.Wait(3.Seconds()), WorkflowTaskStarted()))
            .PendingWorkflowTask;

        Assert.Equal(PendingWorkflowTaskState.Started, task.State);
        Assert.Equal((Start + 3.Seconds()).ToTimestamp(), task.StartedTime);
        Assert.Equal(Start.ToTimestamp(), task.OriginalScheduledTime);
    }

    [Fact]
    public void Describe_WhenClosed_ShowsHowLongItRanAndNothingPending()
    {
        var described = Describe(Given(
            WorkflowStarted(a => a.FirstWorkflowTaskBackoff = 10.Seconds().ToProto()),
            Step.Wait(30.Seconds()),
            WorkflowTaskScheduled(),
            WorkflowTaskStarted(),
            WorkflowTaskCompleted(),
            ActivityTaskScheduled(a => a.ActivityId = "a"),
            WorkflowExecutionCompleted()));

        var info = described.WorkflowExecutionInfo;
        Assert.Equal(WorkflowExecutionStatus.Completed, info.Status);
        Assert.Equal((Start + 10.Seconds()).ToTimestamp(), info.ExecutionTime);
        Assert.Equal((Start + 30.Seconds()).ToTimestamp(), info.CloseTime);
        Assert.Equal(20.Seconds().ToProto(), info.ExecutionDuration);
        Assert.Empty(described.PendingActivities);
        Assert.Null(described.PendingWorkflowTask);
    }

    [Fact]
    public void Describe_WhenThingsArePending_ListsThemInOrder()
    {
        var described = Describe(Given(
            WorkflowIsIdle(),
            ActivityTaskScheduled(a => a.ActivityId = "a"),
            ActivityTaskScheduled(a => a.ActivityId = "b"),
            StartChildWorkflowExecutionInitiated(a =>
            {
                a.WorkflowId = "child";
                a.WorkflowType = new WorkflowType { Name = "Child" };
                a.ParentClosePolicy = ParentClosePolicy.Abandon;
            })));

        Assert.Equal(["a", "b"], described.PendingActivities.Select(a => a.ActivityId));
        Assert.Equal("child", Assert.Single(described.PendingChildren).WorkflowId);
    }

    [Fact]
    public void Describe_WhenAChild_ShowsItsFamily()
    {
        var info = Describe(Given(WorkflowStarted(a =>
        {
            a.ParentWorkflowNamespaceId = "parent-namespace";
            a.ParentWorkflowExecution = SomeParent;
            a.RootWorkflowExecution = new WorkflowExecution { WorkflowId = "root" };
        }))).WorkflowExecutionInfo;

        Assert.Equal("parent-namespace", info.ParentNamespaceId);
        Assert.Equal(SomeParent, info.ParentExecution);
        Assert.Equal("root", info.RootExecution.WorkflowId);
    }

    [Fact]
    public void Describe_WhenRequestsWereAttached_SaysWhichEventEachCaused()
    {
        var attach = StartWorkflow(r =>
        {
            r.WorkflowIdConflictPolicy = WorkflowIdConflictPolicy.UseExisting;
            r.OnConflictOptions = new() { AttachRequestId = true };
        });

        var infos = Describe(Given(WorkflowIsIdle(), attach)).WorkflowExtendedInfo.RequestIdInfos;
        Assert.Equal(1, infos["start-request"].EventId);
        Assert.Equal(EventType.WorkflowExecutionStarted, infos["start-request"].EventType);
        Assert.Equal(5, infos["another-request"].EventId);
        Assert.False(infos["another-request"].Buffered);

        var buffered = Describe(Given(WorkflowTaskIsStarted(), attach)).WorkflowExtendedInfo.RequestIdInfos;
        Assert.True(buffered["another-request"].Buffered);
    }

    [Fact]
    public void Describe_WhenCancelWasRequested_SaysSo() =>
        Assert.True(Describe(Given(WorkflowIsIdle(), RequestCancel())).WorkflowExtendedInfo.CancelRequested);

    private static DescribeWorkflowExecutionResponse Describe(Scenario scenario) =>
        ExecutionDescription.Of(scenario.State);
}
