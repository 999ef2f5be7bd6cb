using Temporalio.Api.Common.V1;

namespace AugmentedOS.Engine.Executions.Inputs;

/// <summary>An activity stopped because it was asked to.</summary>
internal sealed record CancelActivity(
    WorkflowKey Workflow, RunId? Run, ActivityTarget Target, Payloads? Details, string Identity)
    : ActivityAnswer(Workflow, Run, Target)
{
    private const string NotRequested =
        "unable to mark activity as canceled without activity being request canceled first";

    protected override Decision DecideOn(Draft draft, PendingActivity activity)
    {
        if (Details?.CalculateSize() > draft.Context.Limits.BlobSizeError)
        {
            ActivityClosing.RetryOrFail(
                draft, activity, ActivityFailures.OfServer(ActivityFailures.CancelDetailsTooLarge), Identity);
        }
        else if (activity.CancelRequestedEventId == 0)
        {
            return Decision.Reject(Rejection.InvalidArgument(NotRequested));
        }
        else
        {
            ActivityClosing.Cancel(draft, activity, Details, Identity);
        }

        WorkflowTasks.Ensure(draft);
        return Decision.Accept(draft, Done.Instance);
    }
}
