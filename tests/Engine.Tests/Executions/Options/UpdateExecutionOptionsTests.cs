using AugmentedOS.Engine.Executions.Inputs;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Workflow.V1;
using Temporalio.Api.WorkflowService.V1;
using static AugmentedOS.Engine.Tests.Executions.Kit.Events;
using static AugmentedOS.Engine.Tests.Executions.Kit.Scenario;
using static AugmentedOS.Engine.Tests.Executions.Lifecycle.Requests;

namespace AugmentedOS.Engine.Tests.Executions.Options;

public sealed class UpdateExecutionOptionsTests
{
    private static readonly VersioningOverride AutoUpgrade = new() { AutoUpgrade = true };

    [Fact]
    public void Update_OfThePriority_IsRecordedWithoutATask() =>
        Given(WorkflowIsIdle())
            .When(Update(o => o.Priority = new Priority { PriorityKey = 1, FairnessKey = "tenant" }, "priority"))
            .Then(WorkflowExecutionOptionsUpdated(a =>
            {
                a.Priority = new Priority { PriorityKey = 1, FairnessKey = "tenant" };
                a.UnsetVersioningOverride = true;
                a.Identity = "operator";
            }))
            .AndReply<UpdatedExecutionOptions>(reply => Assert.Equal(1, reply.Options.Priority.PriorityKey))
            .AndState(state => Assert.Null(state.Task));

    [Fact]
    public void Update_OfOneFieldOfThePriority_KeepsTheOthers() =>
        Given(WorkflowStarted(a => a.Priority = new Priority { PriorityKey = 2, FairnessKey = "tenant" }))
            .When(Update(o => o.Priority = new Priority { FairnessWeight = 3 }, "priority.fairness_weight"))
            .AndState(state => Assert.Equal(
                new Priority { PriorityKey = 2, FairnessKey = "tenant", FairnessWeight = 3 }, state.Options.Priority));

    [Fact]
    public void Update_ThatChangesNothing_LeavesNoTrace() =>
        Given(WorkflowStarted(a => a.Priority = new Priority { PriorityKey = 2 }))
            .When(Update(o => o.Priority = new Priority { PriorityKey = 2 }, "priority"))
            .ThenNothing()
            .AndReply<UpdatedExecutionOptions>(reply => Assert.Equal(2, reply.Options.Priority.PriorityKey));

    [Fact]
    public void Update_OfTheOverride_SetsAndRemovesIt() =>
        Given(WorkflowIsIdle())
            .When(Update(o => o.VersioningOverride = AutoUpgrade, "versioning_override"))
            .Then(WorkflowExecutionOptionsUpdated(a => a.VersioningOverride = AutoUpgrade))
            .AndState(state => Assert.Equal(AutoUpgrade, state.Options.VersioningOverride))
            .When(Update(_ => { }, "versioning_override"))
            .Then(WorkflowExecutionOptionsUpdated(a => a.UnsetVersioningOverride = true))
            .AndState(state => Assert.Null(state.Options.VersioningOverride));

    [Fact]
    public void Update_WhenATaskIsStarted_HoldsAtOnceAndIsWrittenLater() =>
        Given(WorkflowTaskIsStarted())
            .When(Update(o => o.Priority = new Priority { PriorityKey = 1 }, "priority"))
            .ThenBuffered(WorkflowExecutionOptionsUpdated())
            .AndState(state => Assert.Equal(1, state.Options.Priority!.PriorityKey));

    [Theory]
    [InlineData("versioning_override.pinned", "versioning_override doesn't support partial updates")]
    [InlineData("versioning_override.behavior", "versioning_override fields must be updated together")]
    [InlineData("time_skipping_config.enabled", "time_skipping_config doesn't support partial update")]
    public void Update_OfAPartThatIsReplacedAsAWhole_IsRefused(string path, string problem) =>
        Given(WorkflowIsIdle())
            .When(Update(o => o.VersioningOverride = AutoUpgrade, path))
            .ThenNothing()
            .AndRejected(StatusCode.InvalidArgument, $"error applying update_options: {problem}");

    [Fact]
    public void Update_WhenClosed_IsRefused() =>
        Given(WorkflowIsIdle(), Terminate())
            .When(Update(o => o.Priority = new Priority { PriorityKey = 1 }, "priority"))
            .AndRejected(Rejection.AlreadyCompleted());

    private static UpdateExecutionOptions Update(Action<WorkflowExecutionOptions> set, params string[] paths)
    {
        var options = new WorkflowExecutionOptions();
        set(options);
        return new UpdateExecutionOptions(Key.Workflow, null, new UpdateWorkflowExecutionOptionsRequest
        {
            WorkflowExecutionOptions = options,
            UpdateMask = new FieldMask { Paths = { paths } },
            Identity = "operator",
        });
    }
}
