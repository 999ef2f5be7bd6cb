using Temporalio.Common;
using Temporalio.Workflows;

namespace AugmentedOS.EndToEnd.Sdk;

/// <summary>Workflows that tell which version they run on.</summary>
public static class VersionedWorkflows
{
    private static string Version => Workflow.CurrentDeploymentVersion?.BuildId ?? "none";

    /// <summary>Moves with the deployment; returns the versions it ran on before and after it was told to go on.</summary>
    [Workflow(VersioningBehavior = VersioningBehavior.AutoUpgrade)]
    public sealed class MovingWorkflow
    {
        private bool _goesOn;

        [WorkflowRun]
        public async Task<string> RunAsync()
        {
            var before = Version;
            await Workflow.WaitConditionAsync(() => _goesOn);
            return $"{before}, {Version}";
        }

        [WorkflowSignal]
        public Task GoOnAsync()
        {
            _goesOn = true;
            return Task.CompletedTask;
        }
    }

    /// <summary>Stays where it started. Told how to go on, it continues as new that way and returns its version.</summary>
    [Workflow(VersioningBehavior = VersioningBehavior.Pinned)]
    public sealed class PinnedWorkflow
    {
        private InitialVersioningBehavior? _goesOn;

        [WorkflowRun]
        public async Task<string> RunAsync(bool isContinued)
        {
            var before = Version;
            if (isContinued)
            {
                return before;
            }

            await Workflow.WaitConditionAsync(() => _goesOn is not null);
            return _goesOn == InitialVersioningBehavior.Unspecified
                ? $"{before}, {Version}"
                : throw Workflow.CreateContinueAsNewException(
                    (PinnedWorkflow w) => w.RunAsync(true), new() { InitialVersioningBehavior = _goesOn!.Value });
        }

        [WorkflowSignal]
        public Task GoOnAsync(InitialVersioningBehavior how)
        {
            _goesOn = how;
            return Task.CompletedTask;
        }
    }

    /// <summary>Stays where it started, and returns where its child ran.</summary>
    [Workflow(VersioningBehavior = VersioningBehavior.Pinned)]
    public sealed class PinnedParentWorkflow
    {
        private bool _goesOn;

        [WorkflowRun]
        public async Task<string> RunAsync()
        {
            await Workflow.WaitConditionAsync(() => _goesOn);
            return await Workflow.ExecuteChildWorkflowAsync((ShortWorkflow w) => w.RunAsync(), new());
        }

        [WorkflowSignal]
        public Task GoOnAsync()
        {
            _goesOn = true;
            return Task.CompletedTask;
        }
    }

    /// <summary>Returns the version that it runs on.</summary>
    [Workflow(VersioningBehavior = VersioningBehavior.AutoUpgrade)]
    public sealed class ShortWorkflow
    {
        [WorkflowRun]
        public Task<string> RunAsync() => Task.FromResult(Version);
    }
}
