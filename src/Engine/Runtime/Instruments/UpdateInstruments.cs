using System.Diagnostics.Metrics;
using AugmentedOS.Engine.Executions;
using AugmentedOS.Engine.Executions.Inputs;
using AugmentedOS.Engine.Executions.Speculation;
using AugmentedOS.Engine.Executions.Updates;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.Protocol.V1;
using Temporalio.Api.Update.V1;
using Temporalio.Api.WorkflowService.V1;
using Input = AugmentedOS.Engine.Executions.Inputs.Input;
using UpdateRejection = Temporalio.Api.Update.V1.Rejection;

namespace AugmentedOS.Engine.Runtime.Instruments;

/// <summary>What becomes of updates, and of the speculative workflow tasks that bring them.</summary>
internal sealed class UpdateInstruments(Meter meter)
{
    private readonly Counter<long> _requested =
        meter.CreateCounter<long>("request_workflow_update_message", null, "Updates that were admitted.");
    private readonly Counter<long> _accepted =
        meter.CreateCounter<long>("accept_workflow_update_message", null, "Updates that workers accepted.");
    private readonly Counter<long> _rejected =
        meter.CreateCounter<long>("reject_workflow_update_message", null, "Updates that workers rejected.");
    private readonly Counter<long> _responded =
        meter.CreateCounter<long>("respond_workflow_update_message", null, "Updates that workers completed.");

    private readonly Counter<long> _sent =
        meter.CreateCounter<long>("workflow_update_sent_to_worker", null, "Updates that a worker got.");

    private readonly Counter<long> _sentAgain = meter.CreateCounter<long>(
        "workflow_update_sent_to_worker_again", null, "Updates that a worker got once more.");

    private readonly Counter<long> _waitAccepted = meter.CreateCounter<long>(
        "workflow_update_wait_stage_accepted", null, "Requests that waited for an update to be accepted.");

    private readonly Counter<long> _waitCompleted = meter.CreateCounter<long>(
        "workflow_update_wait_stage_completed", null, "Requests that waited for an update to be completed.");

    private readonly Counter<long> _aborted =
        meter.CreateCounter<long>("workflow_update_aborted", null, "Updates that came to nothing, by reason.");

    private readonly Counter<long> _rateLimited = meter.CreateCounter<long>(
        "workflow_update_request_rate_limited", null, "Updates refused because too many were under way.");

    private readonly Counter<long> _tooMany = meter.CreateCounter<long>(
        "workflow_update_request_too_many", null, "Updates refused because the run had too many.");

    private readonly Counter<long> _sizeLimited = meter.CreateCounter<long>(
        "workflow_update_registry_size_limited", null, "Updates refused because those under way were too large.");

    private readonly Counter<long> _commits = meter.CreateCounter<long>(
        "speculative_workflow_task_commits", null, "Speculative workflow tasks that went into history, by reason.");

    private readonly Counter<long> _rollbacks = meter.CreateCounter<long>(
        "speculative_workflow_task_rollbacks", null, "Speculative workflow tasks that never were.");

    /// <summary>Whether a decision may be about updates at all: nearly none is.</summary>
    public static bool IsAbout(Input input, LiveRun? live) =>
        live is { IsPlain: false }
        || input is IUpdateInput { Asked: not null } or CompleteWorkflowTask { Request.Messages.Count: > 0 };

    public void Decided(Input input, LiveRun? live, Decision decision, DecisionContext context, RunScope scope)
    {
        if (input is IUpdateInput { Asked: { } request } asked)
        {
            Asked(asked, request, live, decision, context, scope);
        }

        if (input is CompleteWorkflowTask completed && !decision.IsRejected)
        {
            foreach (var message in completed.Request.Messages)
            {
                CounterOf(message)?.Add(1, scope.Namespace);
            }
        }

        if (live is not null)
        {
            Speculated((input as CompleteWorkflowTask)?.Request, live, decision, context, scope);
            Abort(live, decision, scope);
        }

        foreach (var message in MessagesIn(decision.Reply))
        {
            var wasSent = live?.Updates.Exists(update => update.Id == message.ProtocolInstanceId && update.IsSent) ?? false;
            (wasSent ? _sentAgain : _sent).Add(1, scope.Namespace);
        }
    }

    public void Lost(int updates, RunScope scope) =>
        _aborted.Add(updates, scope.Namespace, new("reason", "RegistryCleared"));

    private void Asked(
        IUpdateInput asked, Request request, LiveRun? live, Decision decision, DecisionContext context, RunScope scope)
    {
        var stage = asked.Waiter.Stage;
        if (stage is UpdateWorkflowExecutionLifecycleStage.Accepted or UpdateWorkflowExecutionLifecycleStage.Completed)
        {
            (stage == UpdateWorkflowExecutionLifecycleStage.Accepted ? _waitAccepted : _waitCompleted).Add(1, scope.Namespace);
        }

        if (decision.IsRejected)
        {
            if (live is { State.IsRunning: true })
            {
                CounterOf(UpdateLimits.Exceeded(live.State, request, context with { Live = live }))?.Add(1, scope.Namespace);
            }

            return;
        }

        var isNew = live?.Updates.Exists(update => update.Id == request.Meta.UpdateId) != true;
        var waiting = decision.NewRun is null ? decision.Updates : decision.NewRunUpdates;
        if (isNew && waiting?.Exists(update => update.Id == request.Meta.UpdateId) == true)
        {
            _requested.Add(1, scope.Namespace);
        }
    }

    private void Speculated(
        RespondWorkflowTaskCompletedRequest? completed,
        LiveRun live,
        Decision decision,
        DecisionContext context,
        RunScope scope)
    {
        if (live.Held.IsEmpty || live.State.Task is not { } task || !live.IsSpeculative(task))
        {
            return;
        }

        if (decision.Drops)
        {
            _rollbacks.Add(1, scope.Namespace);
        }
        else if (decision.Change is not null)
        {
            // The reason is asked for only here, where somebody looks: the decision itself needs no more than whether.
            var reason = completed is null
                ? null
                : DroppedTask.ReasonToWrite(live.State, task, completed, context with { Live = live });
            _commits.Add(1, scope.Namespace, new("reason", reason ?? "close_transaction"));
        }
    }

    private void Abort(LiveRun live, Decision decision, RunScope scope)
    {
        var failed = decision.EndedUpdates.Count(ended => ended.Progress is UpdateProgress.Aborted);
        if (failed > 0)
        {
            _aborted.Add(failed, scope.Namespace, new("reason", "WorkflowTaskFailed"));
        }

        var left = decision.Updates ?? live.Updates;
        if (decision.Change is { After.IsClosed: true } && !left.IsEmpty)
        {
            var goesOn = decision.NewRun?.After.Started.ContinuedExecutionRunId == live.State.Key.Run.ToString();
            _aborted.Add(
                left.Count, scope.Namespace, new("reason", goesOn ? "WorkflowContinuing" : "WorkflowCompleted"));
        }
    }

    private static IReadOnlyList<Message> MessagesIn(object? reply) => reply switch
    {
        StartedWorkflowTask started => started.Messages,
        CompletedWorkflowTask { Next: { } next } => next.Messages,
        _ => [],
    };

    private Counter<long>? CounterOf(Message message) => message.Body switch
    {
        { } body when body.Is(Acceptance.Descriptor) => _accepted,
        { } body when body.Is(UpdateRejection.Descriptor) => _rejected,
        { } body when body.Is(Response.Descriptor) => _responded,
        _ => null,
    };

    private Counter<long>? CounterOf(UpdateLimit? exceeded) => exceeded switch
    {
        UpdateLimit.InFlight => _rateLimited,
        UpdateLimit.Total => _tooMany,
        UpdateLimit.Size => _sizeLimited,
        _ => null,
    };
}
