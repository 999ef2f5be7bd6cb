using AugmentedOS.Engine.Executions;
using AugmentedOS.Engine.Executions.Inputs;
using AugmentedOS.Engine.Executions.Resetting;
using AugmentedOS.Engine.Runtime;
using AugmentedOS.Engine.Runtime.Resetting;
using AugmentedOS.Engine.Storage;
using AugmentedOS.Engine.Visibility;
using Temporalio.Api.WorkflowService.V1;
using Target = Temporalio.Api.Common.V1.ResetOptions.TargetOneofCase;

namespace AugmentedOS.Engine.Batch.Running;

/// <summary>Finds out where a run is to go back to, and lets it. Thread-safe.</summary>
internal sealed class BatchResets(
    IJournal journal, IExecutions executions, Resets resets, IWorkScheduler scheduler, TimeProvider time)
{
    private const int PageEvents = 100;

    private static readonly Rejection NoTask =
        Rejection.FailedPrecondition("unable to find any scheduled or completed task");

    private readonly IJournal _journal = journal;
    private readonly Resets _resets = resets;

    /// <param name="settled">Called once, on an unspecified thread, when the outcome is durable.</param>
    public void Reset(BatchState batch, NumberedRun target, Action<Outcome> settled) => executions.Submit(
        new Inspect(target.Workflow, target.Run, static state => state), outcome =>
        {
            if (outcome.Reply is not RunState state)
            {
                settled(outcome);
                return;
            }

            var item = new Item(this, state, batch, target, settled);
            switch (item.Options.TargetCase)
            {
                case Target.WorkflowTaskId:
                    item.GoBack(state.Key.Run, item.Options.WorkflowTaskId);
                    break;
                case Target.BuildId:
                    item.GoBackToBuild(Instant.From(time.GetUtcNow()));
                    break;
                default:
                    scheduler.Schedule(item);
                    break;
            }
        });

    /// <summary>One run that goes back.</summary>
    private sealed class Item(
        BatchResets owner, RunState state, BatchState batch, NumberedRun target, Action<Outcome> settled)
        : IThreadPoolWorkItem
    {
        public Temporalio.Api.Common.V1.ResetOptions Options { get; } =
            BatchResetOptions.Of(batch.Request.ResetOperation);

        /// <summary>Looks for a workflow task in the history: on a thread that may wait for the disk.</summary>
        public void Execute()
        {
            long? found;
            try
            {
                found = Options.TargetCase == Target.FirstWorkflowTask
                    ? ResetTargets.FirstTask(owner._journal.Events(state.Key, 1, PageEvents))
                    : ResetTargets.LastTask(owner._journal.EventsBackwards(state.Key, state.LastEventId, PageEvents));
            }
            catch (JournalException exception)
            {
                settled(new Outcome(null, Rejection.Unavailable(
                    $"The engine cannot read its database right now: {exception.Message}")));
                return;
            }

            if (found is { } eventId)
            {
                GoBack(state.Key.Run, eventId);
            }
            else
            {
                settled(new Outcome(null, NoTask));
            }
        }

        public void GoBackToBuild(Instant now)
        {
            var found = ResetTargets.OfBuild(state, Options.BuildId, Options.CurrentRunOnly, now, out var problem);
            if (found is { } point)
            {
                GoBack(point.Run, point.EventId);
            }
            else
            {
                settled(new Outcome(null, Rejection.FailedPrecondition(problem!)));
            }
        }

        public void GoBack(RunId run, long eventId)
        {
            var request = new ResetWorkflowExecutionRequest
            {
                Reason = batch.Request.Reason,
                RequestId = BatchRequestId.For(batch, "reset", target),
                WorkflowTaskFinishEventId = eventId,
                Identity = batch.Request.ResetOperation.Identity,
                PostResetOperations = { batch.Request.ResetOperation.PostResetOperations },
#pragma warning disable CS0612 // Older clients still say by it what they want to keep.
                ResetReapplyType = Options.ResetReapplyType,
#pragma warning restore CS0612
                ResetReapplyExcludeTypes = { Options.ResetReapplyExcludeTypes },
            };
            owner._resets.Submit(new ResetRequest(target.Workflow, run, request), settled);
        }
    }
}
