using AugmentedOS.Engine.Executions.Inputs;
using AugmentedOS.Engine.Runtime;

namespace AugmentedOS.Engine.Executions.Deliveries;

/// <summary>A child tells its parent that it has been started. Its first workflow task waits for the answer.</summary>
internal sealed record AnnounceToParent(RunKey Source, RunKey Parent, long InitiatedEventId)
    : Delivery(Source, ToParent)
{
    public static AnnounceToParent Of(RunState child) =>
        new(child.Key, ParentOf(child), child.Started.ParentInitiatedEventId);

    public override bool IsDue(RunState source) =>
        source.AwaitsParent || PendingDeliveries.AnnouncesAfterClose(source);

    public override Input ToInput() => new RecordChildStarted(Parent, InitiatedEventId, Source);

    public override Input OnOutcome(Outcome outcome) =>
        outcome.IsRejected ? new TerminateOrphan(Source) : new ScheduleFirstTask(Source);

    public override Delivery? Onward(Outcome outcome) =>
        outcome.Reply is ParentWasReset moved ? this with { Parent = moved.Parent } : null;
}
