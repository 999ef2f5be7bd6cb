using AugmentedOS.Engine.Executions;
using AugmentedOS.Engine.Executions.Inputs;
using AugmentedOS.Engine.Runtime;
using AugmentedOS.Engine.Storage;

namespace AugmentedOS.Engine.Schedules.Acting;

/// <summary>Finds the run that a start request made before a crash hid the answer. The request id alone does not tell: only
/// the current run is asked for it, and that may be a later one of the chain, or another action's.</summary>
internal sealed class EarlierStart(
    IJournal journal,
    Persistent executions,
    IWorkScheduler scheduler,
    WorkflowKey workflow,
    string requestId,
    Action<RunId?> found) : IThreadPoolWorkItem
{
    private readonly Queue<RunId> _candidates = [];

    /// <summary>Calls back once, with null when there is none.</summary>
    public void Begin() => scheduler.Schedule(this);

    /// <summary>Reads the runs of the id: on a thread that may wait for the disk.</summary>
    public void Execute()
    {
        try
        {
            foreach (var run in journal.RunsOf(workflow))
            {
                _candidates.Enqueue(run);
            }
        }
        catch (JournalException)
        {
            executions.Later(Begin);
            return;
        }

        Next();
    }

    private void Next()
    {
        if (!_candidates.TryDequeue(out var run))
        {
            found(null);
            return;
        }

        executions.Submit(() => new Inspect(workflow, run, IsOurs), outcome =>
        {
            if (outcome.Reply is true)
            {
                found(run);
            }
            else
            {
                Next();
            }
        });
    }

    private object IsOurs(RunState state) => state.StartRequestId == requestId;
}
