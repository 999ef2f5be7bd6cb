using AugmentedOS.Engine.Api.Binding;
using AugmentedOS.Engine.Executions;
using AugmentedOS.Engine.Executions.Inputs;
using AugmentedOS.Engine.Runtime;
using Temporalio.Api.History.V1;

namespace AugmentedOS.Engine.Api.History;

/// <summary>Looks at a run until it has come as far as a caller wants, or the caller has waited long enough.</summary>
internal sealed class RunWait(IExecutions executions, HistoryNotifier notifier, TimeProvider time, TimeSpan longest)
{
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(1);

    /// <summary>The run as it is, or as it is once <paramref name="hasArrived"/> holds or waiting must end.</summary>
    public async Task<Answer<RunState>> UntilAsync(
        WorkflowKey workflow, RunId? run, Func<RunState, bool> hasArrived, Call call)
    {
        var patience = call.TimeLeft is { } left && left - Margin < longest ? left - Margin : longest;
        var began = time.GetTimestamp();
        var first = await InspectAsync(workflow, run).ConfigureAwait(false);
        if (first.IsRejected || hasArrived(first.Response))
        {
            return first;
        }

        var key = first.Response.Key;
        while (true)
        {
            // Asked for before looking again, so that nothing falls between.
            var change = notifier.NextChange(key);
            var looked = await InspectAsync(workflow, key.Run).ConfigureAwait(false);
            var rest = patience - time.GetElapsedTime(began);
            if (looked.IsRejected || hasArrived(looked.Response) || rest <= TimeSpan.Zero || notifier.IsDraining)
            {
                return looked;
            }

            await change.WaitAsync(rest, time, call.Cancelled)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (!change.IsCompleted)
            {
                return looked;
            }
        }
    }

    /// <summary>The events of a workflow task that only memory knows.</summary>
    public async Task<IReadOnlyList<HistoryEvent>> HeldEventsAsync(RunKey run)
    {
        var outcome = await executions
            .SubmitAsync(new InspectLive(run.Workflow, run.Run, static live => live.HeldEvents.ToList()))
            .ConfigureAwait(false);
        return outcome.IsRejected ? [] : (List<HistoryEvent>)outcome.Reply;
    }

    public async Task<Answer<RunState>> InspectAsync(WorkflowKey workflow, RunId? run)
    {
        var outcome = await executions
            .SubmitAsync(new Inspect(workflow, run, static state => state))
            .ConfigureAwait(false);
        return outcome.IsRejected ? outcome.Rejection : (RunState)outcome.Reply;
    }
}
