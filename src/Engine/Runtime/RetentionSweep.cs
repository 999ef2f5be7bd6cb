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
            var closedBefore = new Instant(now.Ticks - ns.Retention.Ticks);
            foreach (var run in IdSpaces.Of(ns.Id).Prepend(ns.Id)
                .SelectMany(space => journal.ClosedRuns(space, closedBefore, MaxRuns)))
            {
                executions.Submit(new ForgetExecution(run), static _ => { });
            }
        }
    }
}
