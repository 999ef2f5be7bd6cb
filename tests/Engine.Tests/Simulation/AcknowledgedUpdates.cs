using AugmentedOS.Engine.Executions.Updates;
using AugmentedOS.Engine.Updates;
using Temporalio.Api.History.V1;

namespace AugmentedOS.Engine.Tests.Simulation;

/// <summary>What callers were told of updates.</summary>
internal sealed class AcknowledgedUpdates
{
    private readonly List<(UpdateWaiter Waiter, WorkflowKey Workflow)> _asked = [];

    public void Ask(UpdateWaiter waiter, WorkflowKey workflow) => _asked.Add((waiter, workflow));

    /// <summary>The process is gone, and with it everybody who still waited.</summary>
    public void ForgetWaiting() => _asked.RemoveAll(asked => !asked.Waiter.HasEnded);

    /// <summary>All who asked have been told something, and what they were told is in history. Called at rest.</summary>
    public void Check(Dictionary<RunKey, List<HistoryEvent>> histories)
    {
        foreach (var (waiter, workflow) in _asked)
        {
            Assert.True(waiter.HasEnded, $"Whoever waits for {waiter.UpdateId} of {workflow} is told nothing.");
            var events = histories.Where(h => h.Key.Workflow == workflow).SelectMany(h => h.Value).ToList();
            switch (waiter.Ended.Result)
            {
                case UpdateProgress.Completed { Outcome.Success: not null } or UpdateProgress.CompletedAt:
                    Assert.True(
                        events.Any(e => e.WorkflowExecutionUpdateCompletedEventAttributes?.Meta.UpdateId == waiter.UpdateId),
                        $"Update {waiter.UpdateId} of {workflow} was completed and that is gone.");
                    break;
                case UpdateProgress.Accepted:
                    Assert.True(
                        events.Any(e =>
                            e.WorkflowExecutionUpdateAcceptedEventAttributes?.ProtocolInstanceId == waiter.UpdateId),
                        $"Update {waiter.UpdateId} of {workflow} was accepted and that is gone.");
                    break;
                default:
                    break;
            }
        }

        foreach (var (run, history) in histories)
        {
            var accepted = history.Select(e => e.WorkflowExecutionUpdateAcceptedEventAttributes?.ProtocolInstanceId)
                .OfType<string>().ToList();
            Assert.True(accepted.Count == accepted.Distinct().Count(), $"{run} accepted an update twice.");
        }
    }
}
