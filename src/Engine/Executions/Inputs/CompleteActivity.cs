using Temporalio.Api.Common.V1;

namespace AugmentedOS.Engine.Executions.Inputs;

/// <summary>An activity succeeded.</summary>
internal sealed record CompleteActivity(
    WorkflowKey Workflow, RunId? Run, ActivityTarget Target, Payloads? Result, string Identity)
    : ActivityAnswer(Workflow, Run, Target)
{
    protected override bool NeedsStarted => Target is ActivityTarget.ByToken;

    protected override Decision DecideOn(Draft draft, PendingActivity activity)
    {
        if (Result?.CalculateSize() > draft.Context.Limits.BlobSizeError)
        {
            ActivityClosing.RetryOrFail(
                draft, activity, ActivityFailures.OfServer(ActivityFailures.ResultTooLarge), Identity);
        }
        else
        {
            ActivityClosing.Complete(draft, activity, Result, Identity);
        }

        WorkflowTasks.Ensure(draft);
        return Decision.Accept(draft, Done.Instance);
    }
}
