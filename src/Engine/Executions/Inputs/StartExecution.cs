using AugmentedOS.Engine.Executions.Starting;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.WorkflowService.V1;

namespace AugmentedOS.Engine.Executions.Inputs;

/// <summary>Starts a workflow, or finds that a run of its id serves the request. Answers
/// <see cref="StartedExecution"/>.</summary>
/// <param name="Request">Has passed <see cref="StartValidation"/>.</param>
/// <param name="Parent">The parent, when the run is a child.</param>
internal sealed record StartExecution(
    WorkflowKey Workflow, StartWorkflowExecutionRequest Request, ParentInfo? Parent = null) : Input(Workflow, null)
{
    public override Decision Decide(RunState? state, DecisionContext context)
    {
        if (state is null)
        {
            return Begin(context);
        }

        if (KnownStart.Find(state, Request, context) is { } known)
        {
            return Decision.Answer(known);
        }

        if (Parent?.Started(state) is true)
        {
            return Decision.Answer(Done.Instance); // It announced itself to the run that was reset, and is sent on.
        }

        if (state.IsRunning && Parent is { Replaces: true } && !Parent.IsParentOf(state))
        {
            return Decision.Reject(StartPolicies.RefuseWhileRunning(state));
        }

        var policies = StartPolicies.Of(Request, WorkflowIdConflictPolicy.Fail);
        if (state.IsClosed)
        {
            return policies.RefuseAfter(state) is { } refusal ? Decision.Reject(refusal) : Begin(context);
        }

        return policies.Conflict switch
        {
            WorkflowIdConflictPolicy.UseExisting => ConflictOptions.UseExisting(state, Request, context),
            WorkflowIdConflictPolicy.TerminateExisting => Replace(state, context),
            _ => Decision.Reject(StartPolicies.RefuseWhileRunning(state)),
        };
    }

    private Decision Begin(DecisionContext context)
    {
        var run = NewRun.Begin(Workflow, Request, Parent, context);
        var reply = FirstTask.Of(run, Request);
        return Decision.Start(run, reply);
    }

    private Decision Replace(RunState running, DecisionContext context)
    {
        var run = NewRun.Begin(Workflow, Request, Parent, context);
        var reply = FirstTask.Of(run, Request);
        return Decision.Accept(Replacement.Of(running, run), reply);
    }
}
