using AugmentedOS.Engine.Executions.Inputs;
using AugmentedOS.Engine.Runtime;
using Temporalio.Api.History.V1;

namespace AugmentedOS.Engine.Executions.Deliveries;

/// <summary>The last run of a child's chain tells the parent how it ended.</summary>
internal sealed record NotifyParent(
    RunKey Source, RunKey Parent, long InitiatedEventId, RunId FirstRun, HistoryEvent Close)
    : Delivery(Source, ToParent)
{
    public static NotifyParent Of(RunState child) => new(
        child.Key,
        ParentOf(child),
        child.Started.ParentInitiatedEventId,
        RunId.Parse(child.Started.FirstExecutionRunId),
        child.CloseEvent!);

    public override bool IsDue(RunState source) => source.PendingDeliveries.Contains(ToParent);

    public override Input ToInput() => new RecordChildClosed(Parent, InitiatedEventId, Source, FirstRun, Close);

    /// <summary>A parent that is not there any more needs no notice.</summary>
    public override Input OnOutcome(Outcome outcome) => new CompleteDelivery(Source, ToParent);

    public override Delivery? Onward(Outcome outcome) =>
        outcome.Reply is ParentWasReset moved ? this with { Parent = moved.Parent } : null;
}
