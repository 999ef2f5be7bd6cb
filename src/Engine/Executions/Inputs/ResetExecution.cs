using AugmentedOS.Engine.Executions.Facts;
using AugmentedOS.Engine.Executions.Options;
using AugmentedOS.Engine.Executions.Resetting;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.History.V1;
using Temporalio.Api.WorkflowService.V1;

namespace AugmentedOS.Engine.Executions.Inputs;

/// <summary>Goes back to an earlier point of a run: a new run begins with a copy of the history until there, and the
/// current run ends. All in one transition: the run that is reset, the current one and the new one. Answers
/// <see cref="ResetToRun"/>, or <see cref="ResetOutdated"/> when the histories have gone on since they were read.</summary>
/// <param name="NewRun">The run to begin.</param>
/// <param name="Material">What was read of the histories.</param>
internal sealed record ResetExecution(
    RunKey Base, RunKey NewRun, ResetWorkflowExecutionRequest Request, ResetMaterial Material)
{
    /// <summary>Under this identity a reset ends the current run.</summary>
    public const string Identity = "history-resetter";

    private const string FailureSource = "Server";

    /// <param name="baseRun">The run to go back in, open or closed.</param>
    /// <param name="current">The current run of the workflow; the same or a later one.</param>
    /// <param name="fresh">What the last run that was read did since.</param>
    public Decision Decide(
        RunState baseRun, RunState current, IReadOnlyList<HistoryEvent> fresh, DecisionContext context)
    {
        if (ResetRules.Check(baseRun, Request) is { } refusal)
        {
            return Decision.Reject(refusal);
        }

        if (ResetRules.Known(baseRun, current, Request.RequestId) is { } known)
        {
            return Decision.Answer(new ResetToRun(known));
        }

        if (fresh.Any(e => e.EventType == EventType.WorkflowExecutionContinuedAsNew))
        {
            return Decision.Answer(ResetOutdated.Instance);
        }

        if (Material.Copied.State.Task is null)
        {
            return Decision.Reject(ResetRules.OutOfRange(Request.WorkflowTaskFinishEventId));
        }

        var isSame = baseRun.Key == current.Key;
        var left = new Draft(baseRun, context);
        left.Emit(new RunReset(NewRun.Run, Request.RequestId, Request.WorkflowTaskFinishEventId));
        var ended = isSame ? left : new Draft(current, context);
        if (current.IsRunning)
        {
            ForcedClose.Terminate(ended, Request.Reason, Identity);
        }

        var discarded = Discarded(current, fresh, ended);
        var initiated = ReappliedChildren.InitiatedIn(discarded, out var tooMany);
        if (initiated is null)
        {
            return Decision.Reject(tooMany!);
        }

        var born = Fork(baseRun, initiated, context);
        Reapplication.Apply(born, discarded, ReapplyRules.Of(Request));
        if (ApplyOperations(born) is { } problem)
        {
            return Decision.Reject(problem);
        }

        WorkflowTasks.Schedule(born);
        ended.Successor = born;
        return Decision.Accept(ended, new ResetToRun(NewRun.Run)).And(isSame ? null : left);
    }

    /// <summary>What may be applied again. The end of the current run writes what its buffer held: that counts too.</summary>
    private List<HistoryEvent> Discarded(RunState current, IReadOnlyList<HistoryEvent> fresh, Draft ended)
    {
        if (ReapplyRules.Of(Request).ExcludesAll)
        {
            return [];
        }

        var discarded = Material.Discarded.Concat(fresh);
        return [.. Material.LastRead == current.Key ? discarded.Concat(ended.Recorded()) : discarded];
    }

    private Draft Fork(RunState baseRun, IReadOnlyList<string> initiated, DecisionContext context)
    {
        var born = Draft.Fork(
            Material.Copied,
            new RunForked(baseRun.Key.Run, Request.RequestId, context.Now, Request.WorkflowTaskFinishEventId),
            context);
        foreach (var former in baseRun.Origin?.FormerRuns ?? [])
        {
            born.Emit(new ResetAncestorKnown(former));
        }

        born.Emit(new ResetAncestorKnown(baseRun.Key.Run));
        foreach (var child in initiated)
        {
            born.Emit(new ChildReplaced(child));
        }

        FailTask(born, baseRun);
        FailRunningActivities(born);
        return born;
    }

    private void FailTask(Draft born, RunState baseRun)
    {
        if (!born.State.Task!.IsStarted)
        {
            StartWorkflowTask.RecordStarted(
                born, ForcedClose.ServiceIdentity, born.Context.Ids.Next().ToString("D"), worker: null);
        }

        var task = born.State.Task!;
        born.Record(EventType.WorkflowTaskFailed, e => e.WorkflowTaskFailedEventAttributes =
            new WorkflowTaskFailedEventAttributes
            {
                ScheduledEventId = task.ScheduledEventId,
                StartedEventId = task.StartedEventId,
                Cause = WorkflowTaskFailedCause.ResetWorkflow,
                Failure = Failure(details: null),
                Identity = ForcedClose.ServiceIdentity,
                BaseRunId = baseRun.Key.Run.ToString(),
                NewRunId = NewRun.Run.ToString(),
            });
    }

    /// <summary>The worker of a running activity answers to the old run. One that was only scheduled is dispatched.</summary>
    private void FailRunningActivities(Draft born)
    {
        foreach (var (scheduledEventId, started) in Material.Copied.RunningActivities.OrderBy(a => a.Key))
        {
            born.Record(EventType.ActivityTaskFailed, e => e.ActivityTaskFailedEventAttributes =
                new ActivityTaskFailedEventAttributes
                {
                    ScheduledEventId = scheduledEventId,
                    StartedEventId = started.StartedEventId,
                    Failure = Failure(born.State.Activities[scheduledEventId].HeartbeatDetails),
                    RetryState = RetryState.NonRetryableFailure,
                    Identity = started.Identity,
                });
        }
    }

    private Rejection? ApplyOperations(Draft born)
    {
        foreach (var update in Request.PostResetOperations.Select(operation => operation.UpdateWorkflowOptions))
        {
            if (!OptionsUpdate.TryRecord(
                born, update.WorkflowExecutionOptions ?? new(), update.UpdateMask ?? new(), "", out _, out var refusal))
            {
                return refusal;
            }
        }

        return null;
    }

    private Temporalio.Api.Failure.V1.Failure Failure(Temporalio.Api.Common.V1.Payloads? details) => new()
    {
        Message = Request.Reason,
        Source = FailureSource,
        ResetWorkflowFailureInfo = new() { LastHeartbeatDetails = details },
    };
}
