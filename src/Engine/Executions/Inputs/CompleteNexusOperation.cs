using AugmentedOS.Engine.Executions.Nexus;

namespace AugmentedOS.Engine.Executions.Inputs;

/// <summary>A handler reports how an operation has ended. Answers <see cref="Done"/>; refused when the run knows nothing
/// of it, or not any more.</summary>
/// <remarks>It may come before the answer to the request that started the operation. Then history says that it started
/// all the same, and the late answer is passed over.</remarks>
internal sealed record CompleteNexusOperation(
    WorkflowKey Workflow, RunId? Run, long ScheduledEventId, string RequestId, NexusCompletion Completion)
    : RunInput(Workflow, Run)
{
    protected override Decision DecideOn(RunState state, DecisionContext context)
    {
        if (state.IsClosed)
        {
            return Decision.Reject(Rejection.AlreadyCompleted());
        }

        if (!state.Nexus.Operations.TryGetValue(ScheduledEventId, out var operation)
            || (RequestId.Length > 0 && operation.RequestId != RequestId))
        {
            return Decision.Reject(Rejection.NotFound("operation not found"));
        }

        var draft = new Draft(state, context);
        if (!operation.IsStarted)
        {
            NexusEvents.Started(
                draft, operation, Completion.Token, Completion.StartedAt ?? draft.Now, Completion.Links);
            operation = draft.State.Nexus.Operations[ScheduledEventId];
        }

        End(draft, operation);
        WorkflowTasks.Ensure(draft);
        return Decision.Accept(draft, Done.Instance);
    }

    private void End(Draft draft, NexusOperation operation)
    {
        switch (Completion)
        {
            case { Failure: { } failure, IsCanceled: true }:
                NexusEvents.Canceled(draft, operation, failure);
                break;
            case { Failure: { } failure }:
                NexusEvents.Failed(draft, operation, failure);
                break;
            default:
                NexusEvents.Completed(draft, operation, Completion.Result);
                break;
        }
    }
}
