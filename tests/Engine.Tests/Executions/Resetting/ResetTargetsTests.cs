using AugmentedOS.Engine.Executions.Resetting;
using Temporalio.Api.Common.V1;
using static AugmentedOS.Engine.Tests.Executions.Kit.Events;
using static AugmentedOS.Engine.Tests.Executions.Kit.Scenario;

namespace AugmentedOS.Engine.Tests.Executions.Resetting;

public sealed class ResetTargetsTests
{
    [Fact]
    public void Target_WhenTasksCompleted_IsTheFirstOrTheLastOfThem()
    {
        var history = Given(WorkflowIsIdle(), WorkflowTaskScheduled(), WorkflowTaskStarted(), WorkflowTaskCompleted())
            .History;

        Assert.Equal(4, ResetTargets.FirstTask(history));
        Assert.Equal(7, ResetTargets.LastTask(history.Reverse()));
    }

    [Fact]
    public void Target_WhenNoTaskCompleted_IsTheFirstThatWasScheduled()
    {
        var history = Given(WorkflowTaskIsStarted(), WorkflowTaskFailed(), WorkflowTaskScheduled()).History;

        Assert.Equal(3, ResetTargets.FirstTask(history));
        Assert.Equal(3, ResetTargets.LastTask(history.Reverse()));
    }

    [Fact]
    public void Target_WhenThereIsNoTask_IsNone()
    {
        Assert.Null(ResetTargets.FirstTask(Given(WorkflowStarted()).History));
        Assert.Null(ResetTargets.LastTask(Given(WorkflowStarted()).History));
    }

    [Fact]
    public void Target_OfABuild_IsTheFirstTaskThatItCompleted() =>
        Given(WorkflowTaskIsStarted(), WorkflowTaskCompleted(a => a.WorkerVersion = new WorkerVersionStamp { BuildId = "b" }))
            .AndState(state =>
            {
                Assert.Equal((state.Key.Run, 4L), ResetTargets.OfBuild(state, "b", true, Start, out var problem));
                Assert.Null(problem);
                Assert.Null(ResetTargets.OfBuild(state, "other", true, Start, out problem));
                Assert.Equal("Can't find reset point for other", problem);
            });
}
