using AugmentedOS.Engine.Executions.ActivityControl;
using AugmentedOS.Engine.Executions.Facts;
using Google.Protobuf.WellKnownTypes;
using Temporalio.Api.Activity.V1;

namespace AugmentedOS.Engine.Executions.Inputs;

/// <summary>Changes the options of activities: from the next attempt on, and for the clocks of one that waits. Answers
/// the <see cref="ActivityOptions"/> that hold now.</summary>
/// <param name="Mask">Null when the original options are restored.</param>
internal sealed record UpdateActivitiesOptions(
    WorkflowKey Workflow, RunId? Run, ActivitySelection Selection, ActivityOptions Options, FieldMask? Mask)
    : ActivityCommand(Workflow, Run, Selection)
{
    protected override Rejection? Apply(Draft draft, PendingActivity activity)
    {
        var changed = activity.Scheduled;
        if (Mask is not null
            && !ActivityOptionsMerge.TryMerge(
                activity.Attributes, Options, Mask, draft.State, out changed, out var refusal))
        {
            return refusal;
        }

        draft.Emit(new ActivityOptionsChanged(activity.ScheduledEventId, draft.Now, changed));
        return null;
    }

    protected override object Reply(PendingActivity last) => PendingActivityProjection.OptionsOf(last);
}
