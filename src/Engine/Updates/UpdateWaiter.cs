using AugmentedOS.Engine.Executions.Updates;
using Temporalio.Api.Enums.V1;

namespace AugmentedOS.Engine.Updates;

/// <summary>Somebody who waits until an update has come so far. Thread-safe; ends once.</summary>
/// <param name="stage">How far: accepted or completed. With any other stage nobody waits at all.</param>
internal sealed class UpdateWaiter(string updateId, UpdateWorkflowExecutionLifecycleStage stage)
{
    private readonly Lock _gate = new();
    private readonly TaskCompletionSource<UpdateProgress> _ended =
        new(TaskCreationOptions.RunContinuationsAsynchronously);
    private UpdateProgress _latest = UpdateProgress.Admitted.Instance;

    public string UpdateId { get; } = updateId;

    /// <summary>How far the update was when the waiting ended.</summary>
    public Task<UpdateProgress> Ended => _ended.Task;

    public bool HasEnded => _ended.Task.IsCompleted;

    /// <summary>How far the update is to come.</summary>
    public UpdateWorkflowExecutionLifecycleStage Stage => stage;

    /// <summary>Whether there is a stage to wait for.</summary>
    public bool Waits { get; } = stage is
        UpdateWorkflowExecutionLifecycleStage.Accepted or UpdateWorkflowExecutionLifecycleStage.Completed;

    /// <summary>The update has come this far, and that is durable.</summary>
    public void Tell(UpdateProgress progress)
    {
        lock (_gate)
        {
            if (progress is not UpdateProgress.Admitted)
            {
                _latest = progress;
            }

            var isFarEnough = progress is not (UpdateProgress.Admitted or UpdateProgress.Accepted)
                || (progress is UpdateProgress.Accepted && stage == UpdateWorkflowExecutionLifecycleStage.Accepted);
            if (isFarEnough)
            {
                _ended.TrySetResult(progress);
            }
        }
    }

    /// <summary>The run left memory: nobody would say anything any more. Who knows that the update was accepted asks
    /// again; for the others it is lost.</summary>
    public void Lose(Rejection reason)
    {
        lock (_gate)
        {
            _ended.TrySetResult(_latest is UpdateProgress.Admitted ? new UpdateProgress.Aborted(reason) : _latest);
        }
    }

    /// <summary>The waiting has lasted long enough.</summary>
    public void Expire()
    {
        lock (_gate)
        {
            _ended.TrySetResult(_latest);
        }
    }
}
