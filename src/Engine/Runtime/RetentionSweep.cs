using AugmentedOS.Engine.Executions.Inputs;
using AugmentedOS.Engine.Storage;

namespace AugmentedOS.Engine.Runtime;

/// <summary>Deletes closed runs when their namespace's retention is over.</summary>
internal sealed class RetentionSweep(IJournal journal, IExecutions executions, TimeProvider time)
{
    /// <summary>How many runs of a namespace one sweep takes, so that it never crowds out callers.</summary>
    private const int MaxRuns = 500;

    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(30);

    public void Sweep()
    {
        var now = Instant.From(time.GetUtcNow());
        foreach (var ns in journal.Namespaces())
        {
            foreach (var run in journal.ClosedRuns(ns.Id, new Instant(now.Ticks - ns.Retention.Ticks), MaxRuns))
            {
                executions.Submit(new ForgetExecution(run), static _ => { });
            }
        }
    }
}
